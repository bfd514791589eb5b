import ArgumentParser
import Autodidact
import Foundation
import Reports
import RunStore

/// Where runs are kept.
struct StoreOptions: ParsableArguments {
    @Option(name: .customLong("store"), help: ArgumentHelp("Folder of the run store.", valueName: "dir"))
    var path = RunStore.defaultFolderName

    private static let name = "--store"

    var folder: URL { URL(fileURLWithPath: path).standardizedFileURL }

    /// The option as it has to be written again; empty where it was not given.
    var repeated: String { CommandPlaces.option("--store", path == RunStore.defaultFolderName ? nil : path) }

    /// The store, made where there is none.
    func open(in world: World = .system) throws -> RunStore {
        try RunStore(folder: OutputPath.madeFolder(path, for: Self.name, on: world.disk), disk: world.disk)
    }

    /// The store that must be there already.
    func openExisting(in world: World = .system) throws -> RunStore {
        guard FileManager.default.fileExists(atPath: folder.path) else { throw StoreError.noRuns(folder: folder.path) }
        return try open(in: world)
    }
}
