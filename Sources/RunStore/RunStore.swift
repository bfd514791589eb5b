public import Autodidact
public import Foundation

/// Everything that is kept of runs: one SQLite file and a folder of artifacts named by their contents.
///
///     let store = try RunStore(folder: URL(fileURLWithPath: RunStore.defaultFolderName))
///     let ledger = try store.ledger("brisk-otter-7")          // write a run, or go on with one
///     for run in try store.runs() { print(run.id, run.state) }  // read them all
///
/// A folder holds `runs.sqlite`, `artifacts/` and `locks/`. Any number of processes may read it while each run is written by one.
///
/// After a crash at any instant the store opens, a run is as its last commit left it, and every artifact that a run refers to is whole:
/// artifacts reach the medium before the transaction that names them, and are removed only after the transaction that forgets them,
/// both under SQLite's write lock.
public struct RunStore: Sendable {
    /// The folder's name where none was chosen, in the working directory.
    public static let defaultFolderName = ".autodidact"

    /// Where the store lies.
    public let folder: URL

    let database: StoreDatabase
    let artifacts: ArtifactFolder

    /// Opens the store in `folder`, making it where there is none and bringing an older format up to date.
    ///
    /// - Throws: `StoreError`: the folder cannot be written, the database is damaged, is no store, or is of a later format.
    public init(folder: URL, disk: any Disk = SystemDisk()) throws(StoreError) {
        self.folder = folder
        artifacts = ArtifactFolder(folder: folder.appendingPathComponent("artifacts"), disk: disk)
        let isUsed = try !artifacts.isEmpty()
        let locks = folder.appendingPathComponent("locks")
        let opening = try StoreError.wrapping { [artifacts] () throws(DiskError) in
            for place in [folder, artifacts.folder, locks] { try disk.createDirectory(place) }
            return try FileDescriptor(lockFile: locks.appendingPathComponent("open.lock"))
        }
        // Two programs that make one store at the same time would both create its tables.
        try StoreError.wrapping { () throws(DiskError) in try opening.waitForLock() }
        database = try StoreDatabase(file: folder.appendingPathComponent("runs.sqlite"), isExpected: isUsed)
        _ = consume opening
    }

    /// An empty store in a folder of its own under the system's temporary folder; for tests and trials.
    public static func temporary(disk: any Disk = SystemDisk()) throws(StoreError) -> RunStore {
        try RunStore(folder: FileManager.default.temporaryDirectory.appendingPathComponent("autodidact-\(UUID().uuidString)"), disk: disk)
    }

    var coding: RecordCoding { RecordCoding(file: database.path) }

    /// The lock file of a run.
    ///
    /// - Throws: `invalidRunID` where the name could not be that of a file.
    func lockFile(of runID: String) throws(StoreError) -> URL {
        let letters = runID.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard letters, let first = runID.first, first.isLetter || first.isNumber, runID.utf8.count <= 100, runID != "last" else {
            throw .invalidRunID(runID)
        }
        return folder.appendingPathComponent("locks").appendingPathComponent("\(runID).run.lock")
    }
}
