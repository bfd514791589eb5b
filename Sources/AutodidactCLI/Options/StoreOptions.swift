import ArgumentParser
import Autodidact
import Foundation
import RunStore

/// Where runs are kept.
struct StoreOptions: ParsableArguments {
    @Option(name: .customLong("store"), help: ArgumentHelp("Folder of the run store.", valueName: "dir"))
    var path = RunStore.defaultFolderName

    var folder: URL { URL(fileURLWithPath: path).standardizedFileURL }

    /// The option as it has to be written again; empty where it was not given.
    var repeated: String { path == RunStore.defaultFolderName ? "" : " --store \(path)" }

    /// The store, made where there is none.
    func open(in world: World = .system) throws -> RunStore { try RunStore(folder: folder, disk: world.disk) }

    /// The store that must be there already.
    func openExisting(in world: World = .system) throws -> RunStore {
        guard FileManager.default.fileExists(atPath: folder.path) else { throw StoreError.noRuns(folder: folder.path) }
        return try RunStore(folder: folder, disk: world.disk)
    }
}
