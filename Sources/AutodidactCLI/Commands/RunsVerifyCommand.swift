import ArgumentParser
import Autodidact
import Foundation
import Reports
import RunStore

extension RunsCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read all that is kept of runs and say what is not as it was written.",
            discussion: """
                Checks the database, every record, episode and artifact against its digest, and that one incumbent follows from the \
                other. One line for each finding; exit code 1 if there is any.
                """)

        @Argument(help: "Run ids, the beginnings of some, or 'last'. (default: all)") var names: [String] = []
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let result = try verification()
            let episodes = counted(result.episodes, "episode"), artifacts = counted(result.artifacts, "artifact")
            let undigested = result.episodes - result.digestedEpisodes
            let note = undigested == 0 ? "" : "; \(undigested) episodes are from before episodes had digests"
            let lines = result.findings.map { ($0.run.map { "\($0): " } ?? "") + $0.problem.replacingOccurrences(of: "\n", with: " ") }
            let end =
                lines.isEmpty
                ? "\(counted(result.runs.count, "run")), \(episodes), \(artifacts): all as written\(note)"
                : "\(counted(lines.count, "finding"))"
            try output.console.show(result, text: (lines + [end]).joined(separator: "\n"))
            if !lines.isEmpty { throw ExitCode(Ending.workFailed) }
        }

        private func verification() throws -> StoreVerification {
            let opened: RunStore
            do {
                opened = try store.openExisting()
            } catch let error as StoreError {
                guard error.isDamage else { throw error }
                return StoreVerification(unopened: store.folder.path, error: error)
            }
            return try opened.verify(runs: names.isEmpty ? nil : try names.map { try opened.runID($0) })
        }
    }
}
