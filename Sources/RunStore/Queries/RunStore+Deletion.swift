import Autodidact
public import Foundation
import GRDB

extension RunStore {
    /// Deletes a run with its episodes, and the artifacts that no other run refers to; at last its lock file.
    ///
    /// - Parameter report: A file that was made of the run and goes with it, where it is there; first, because it can be made again.
    /// - Throws: `runInUse` where somebody writes the run now; `unknownRun`, also for the beginning of a name.
    public func deleteRun(_ runID: String, report: URL? = nil) throws(StoreError) {
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
        if let report, SystemDisk().exists(report) {
            try StoreError.wrapping { () throws(DiskError) in try SystemDisk().remove(report) }
        }
        try database.write("delete run \(runID)") { db in
            let run = try Int64.fetchOne(db, sql: "SELECT key FROM run WHERE id = ?", arguments: [runID])
            guard let run else {
                throw StoreError.unknownRun(
                    runID, nearest: nearestName(to: runID, among: try String.fetchAll(db, sql: "SELECT id FROM run")))
            }
            try db.execute(sql: "DELETE FROM run WHERE key = ?", arguments: [run])
            try ArtifactTable(db: db, folder: artifacts).forgetUnreferenced()
        }
        try removeForgottenFiles()
        try lock.removeFile()
    }
}
