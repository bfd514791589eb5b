import Autodidact
import GRDB

extension RunStore {
    /// Deletes a run with its episodes, and the artifacts that no other run refers to; at last its lock file.
    ///
    /// - Throws: `runInUse` where somebody writes the run now; `unknownRun`, also for the beginning of a name.
    public func deleteRun(_ runID: String) throws(StoreError) {
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
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
