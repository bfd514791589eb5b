import ArgumentParser
import Autodidact
import Foundation
import Reports
import RunStore

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "The runs in the store.", subcommands: [List.self, Show.self, Delete.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all runs, the newest first.")

        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let (console, isThere) = (output.console, FileManager.default.fileExists(atPath: store.folder.path))
            let runs = isThere ? try store.open().runs() : []
            try console.show(
                runs.map(RunEntry.init),
                text: runs.isEmpty ? "no runs yet; 'autodidact run' makes one" : runTable(runs, width: console.width, color: console.color))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one run: its result, or how far it has come.")

        @Argument(help: "A run id, the beginning of one, or 'last'.") var name: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let (console, store) = (output.console, try store.openExisting())
            let overview = try store.run(name)
            let records = try store.generations(of: overview.id)
            guard overview.state == .finished else {
                return try console.show(
                    RunEntry(overview), text: unfinishedText(overview, records: records, width: console.width, color: console.color))
            }
            let summary = try store.summary(of: overview.id)
            try console.show(
                RunResultJSON(
                    summary: summary, records: records, manifest: overview.manifest, report: reportFile(of: overview.id, in: store)),
                text: runSummaryText(summary: summary, records: records, manifest: overview.manifest, reportPath: nil, color: console.color)
            )
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete one run with its episodes, weights and report.")

        @Argument(help: "A run id or the beginning of one; not 'last'.") var name: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            guard name != "last" else { throw BadInput("name the run to delete by its id; 'autodidact runs' lists them") }
            let store = try store.openExisting()
            let id = try store.run(name).id
            try store.deleteRun(id)
            let report = URL(fileURLWithPath: reportFile(of: id, in: store))
            if SystemDisk().exists(report) { try SystemDisk().remove(report) }
            try output.console.show(["deleted": id], text: "deleted run \(id)")
        }
    }
}
