import ArgumentParser
import Autodidact
import Foundation
import Reports
import RunStore

extension RunsCommand {
    struct Archive: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a run with its episodes and weights into a store of its own.",
            discussion: """
                The archive is verified after it was written. Every command reads it with --store; unpack a tar file first, which holds \
                the store in a folder of the run's name. The run stays where it is.
                """)

        @Argument(help: "A run id, the beginning of one, or 'last'.") var name: String
        @Argument(help: "A new folder, or a new file if the name ends in .tar.") var destination: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let store = try store.openExisting()
            let run = try store.run(name), id = run.id, isGated = run.manifest.isGated
            let what = "the archive"
            let file =
                try destination.hasSuffix(".tar")
                ? OutputPath.newFile(destination, for: what) : OutputPath.newFolder(destination, for: what)
            let verified = try store.archive(id, to: file)
            try output.console.show(
                ArchivedRun(runID: id, gated: isGated, archive: file.path, episodes: verified.episodes, artifacts: verified.artifacts),
                text: "archived run \(id)\(isGated ? "" : " (ungated)"): \(file.path) (\(counted(verified.episodes, "episode")), "
                    + "\(counted(verified.artifacts, "artifact")), verified)")
        }
    }
}

/// What an archive holds.
private struct ArchivedRun: Encodable {
    let runID: String
    let gated: Bool
    let archive: String
    let episodes: Int
    let artifacts: Int
}
