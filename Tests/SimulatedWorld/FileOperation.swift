/// A kind of step on a disk; numbered as in CSimulatedFiles.
package enum FileOperation: Int32, Sendable, CaseIterable {
    case open, create, read, write, truncate, synchronize, synchronizeFolder, remove, allocate, rename, makeFolder, list
}

/// How a step goes wrong.
package enum Fault: String, Sendable, CaseIterable {
    case noSpace = "no space"
    case inputOutput = "i/o error"
    case tooManyFiles = "too many open files"
    case noMemory = "no memory"
    /// Some of the bytes are written, and then there is no space.
    case torn = "part written, no space"
    /// Some of the bytes are written; the rest may be tried again.
    case short = "part written"
    /// Nothing was done; it may be tried again.
    case interrupted = "interrupted"

    /// Whether whoever uses a disk properly goes on without a word.
    package var isHarmless: Bool { self == .short || self == .interrupted }

    /// What can happen to a step of files that the store handles itself.
    static func ofSystem(_ operation: FileOperation) -> [Fault] {
        switch operation {
        case .open, .read: [.inputOutput, .tooManyFiles, .interrupted]
        case .create: [.noSpace, .inputOutput, .tooManyFiles, .interrupted]
        case .write: [.noSpace, .inputOutput, .torn, .short, .interrupted]
        case .synchronize, .synchronizeFolder: [.noSpace, .inputOutput, .interrupted]
        case .rename, .makeFolder: [.noSpace, .inputOutput]
        case .remove, .list: [.inputOutput]
        case .truncate, .allocate: []
        }
    }

    /// What can happen to a step of SQLite's files; its own layer takes care of interruptions.
    static func ofDatabase(_ operation: FileOperation) -> [Fault] {
        switch operation {
        case .open: [.inputOutput, .tooManyFiles, .noMemory]
        case .create: [.noSpace, .inputOutput, .tooManyFiles, .noMemory]
        case .read, .truncate, .remove: [.inputOutput]
        case .write: [.noSpace, .inputOutput, .torn]
        case .synchronize: [.noSpace, .inputOutput]
        case .allocate: [.noMemory, .noSpace]
        case .synchronizeFolder, .rename, .makeFolder, .list: []
        }
    }
}

extension FileOperation {
    /// Whether it needs room on the disk.
    var needsSpace: Bool {
        switch self {
        case .create, .write, .allocate, .rename, .makeFolder: true
        default: false
        }
    }
}

/// A part of the program that could be wrong, to see whether the simulator finds it.
package enum PlantedBug: String, Sendable, CaseIterable {
    /// Files are said to be on the medium when they are not.
    case filesNotSynchronized = "files-not-synchronized"
    /// Names are said to be on the medium when they are not.
    case namesNotSynchronized = "names-not-synchronized"
    /// SQLite's synchronisation does nothing.
    case databaseNotSynchronized = "database-not-synchronized"
    /// A generation is committed in two steps.
    case twoTransactions = "two-transactions"
    /// A commit is acknowledged before it is made.
    case earlyAcknowledgement = "early-acknowledgement"
    /// Draws come from a generator that lives as long as the process.
    case sharedGenerator = "shared-generator"
    /// The run reads the wall clock.
    case wallClock = "wall-clock"
}
