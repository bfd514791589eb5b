import ArgumentParser
import Autodidact
import Foundation
import Reports
import RunStore
import Texts

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "The runs in the store.",
        subcommands: [List.self, Show.self, Verify.self, Compare.self, Archive.self, Delete.self], defaultSubcommand: List.self)

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

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete one run with its episodes, weights and report.")

        @Argument(help: "A whole run id.") var name: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            guard name != "last" else { throw BadInput("name the run to delete by its id; 'autodidact runs' lists them") }
            let options = self.store, store = try options.openExisting()
            let id = try store.runID(name)
            guard name == id else {
                throw BadInput(
                    "'\(name.shown)' is not the whole id of a run; to delete the one that it names: "
                        + "'autodidact runs delete \(id)\(options.repeated)'")
            }
            try store.deleteRun(id, report: URL(fileURLWithPath: reportFile(of: id, in: store)))
            try output.console.show(["deleted": id], text: "deleted run \(id)")
        }
    }
}
