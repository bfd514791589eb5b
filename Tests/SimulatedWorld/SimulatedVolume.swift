import CSimulatedFiles
import Foundation
import Randomness
import Synchronization

/// A disk for one store, in a real folder: what is done is done there, what is on the medium is kept count of here.
///
/// Both ways to the disk lead through `step`: the store's own files by `SimulatedCalls`, SQLite's by the VFS of CSimulatedFiles.
final class SimulatedVolume: Sendable {
    /// What a step is to do.
    enum Outcome: Sendable, Hashable {
        case proceed
        case fail(Fault)
        /// The process is no more: nothing has any effect.
        case off
    }

    struct State: Sendable {
        var medium = SimulatedMedium()
        var disturbances: [Disturbance] = []
        var counts = StepCounts()
        var isOff = false
        var isFull = false
        var isPaused = false
        var lossOfPower = false
        var log: [String] = []
        var faults: [String: Int] = [:]
        var generator: KeyedGenerator
        var descriptors: [Int32: SimulatedMedium.Node] = [:]
        var paths: [Int32: String] = [:]
    }

    /// The folder, without symbolic links.
    let folder: URL
    let bug: PlantedBug?
    let state: Mutex<State>

    /// An empty disk; `close()` removes it.
    init(seed: SeedTree, bug: PlantedBug? = nil) throws(DiskFailure) {
        let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = place.appendingPathComponent("simulation-\(UUID().uuidString)")
        self.bug = bug
        state = Mutex(State(generator: seed("disk").generator))
        try DiskFailure.wrapping { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        guard simulated_files_install() == 0 else { throw DiskFailure("SQLite refuses the VFS") }
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard unsafe simulated_folder_add(folder.path, context, databaseHook) == 1 else { throw DiskFailure("too many disks at once") }
    }

    /// Removes the disk with all on it.
    func close() throws(DiskFailure) {
        let open = unsafe simulated_folder_remove(folder.path)
        if open > 0 { throw DiskFailure("\(open) database files are still open") }
        try DiskFailure.wrapping { try FileManager.default.removeItem(at: folder) }
    }

    /// How many files SQLite holds open.
    var openDatabaseFiles: Int { Int(unsafe simulated_open_files(folder.path)) }

    /// Begins the life of a process, to which these things will happen.
    func begin(_ disturbances: [Disturbance]) {
        state.withLock { state in
            state.disturbances = disturbances
            state.counts = StepCounts()
            state.isOff = false
            state.isFull = false
            state.lossOfPower = false
            state.descriptors = [:]
        }
    }

    /// Ends it; after a loss of power the folder holds what the medium held.
    ///
    /// - Returns: Whether the process was killed or lost its power.
    func end() throws(DiskFailure) -> Bool {
        let (wasOff, contents) = state.withLock { state -> (Bool, [(name: String, bytes: [UInt8]?)]?) in
            guard state.lossOfPower else { return (state.isOff, nil) }
            state.medium.losePower(using: &state.generator)
            return (true, state.medium.contents)
        }
        if let contents { try restore(contents) }
        return wasOff
    }

    /// Takes all power away now, whatever happens or does not.
    func losePower() throws(DiskFailure) {
        state.withLock { state in
            state.isOff = true
            state.lossOfPower = true
            state.log.append("power lost at rest")
        }
        _ = try end()
    }

    /// What `body` returns; meanwhile nothing fails and nothing is noted.
    func paused<T>(_ body: () throws -> T) rethrows -> T {
        state.withLock { $0.isPaused = true }
        defer { state.withLock { $0.isPaused = false } }
        return try body()
    }

    var counts: StepCounts { state.withLock { $0.counts } }
    var log: [String] { state.withLock { $0.log } }
    var faults: [String: Int] { state.withLock { $0.faults } }
    var isOff: Bool { state.withLock { $0.isOff } }

    func note(_ line: String) { state.withLock { $0.log.append(line) } }

    private func restore(_ contents: [(name: String, bytes: [UInt8]?)]) throws(DiskFailure) {
        try DiskFailure.wrapping {
            let files = FileManager.default
            for name in try files.contentsOfDirectory(atPath: folder.path) { try files.removeItem(at: folder.appendingPathComponent(name)) }
            for (name, bytes) in contents {
                let url = folder.appendingPathComponent(name)
                if let bytes {
                    try Data(bytes).write(to: url)
                } else {
                    try files.createDirectory(at: url, withIntermediateDirectories: false)
                }
            }
        }
    }
}

/// The simulator itself cannot go on.
package struct DiskFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    static func wrapping<T>(_ body: () throws -> T) throws(DiskFailure) -> T {
        do {
            return try body()
        } catch {
            throw DiskFailure("the simulator's own files: \(error)")
        }
    }
}
