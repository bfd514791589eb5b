import Autodidact
public import Foundation
import GRDB

extension RunStore {
    /// Writes a run with its episodes and artifacts as a store of its own, which every command reads.
    ///
    /// It is verified whole before it takes its name, so a damaged run is refused; nothing is left behind on failure.
    ///
    /// - Parameter destination: A folder that is not there yet; or, where the name ends in `.tar`, a file of that format which holds
    ///   such a folder under the run's name.
    /// - Returns: What the verification of the archive read.
    /// - Throws: `archiveExists`, `archiveDiffers`, `unknownRun`, `runInUse`; damage; what the disk says.
    public func archive(_ runID: String, to destination: URL) throws(StoreError) -> StoreVerification {
        if artifacts.disk.exists(destination) { throw .archiveExists(file: destination.path) }
        // Nobody may let go of artifacts meanwhile.
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
        defer { withExtendedLifetime(lock) {} }
        let parent = destination.deletingLastPathComponent()
        let work = parent.appendingPathComponent(".\(destination.lastPathComponent).\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: work) }
        let folder = work.appendingPathComponent(runID)
        let result = try copy(runID, to: folder)
        var whole = folder
        if destination.pathExtension == "tar" {
            whole = work.appendingPathComponent(destination.lastPathComponent)
            try StoreError.wrapping { [whole] () throws(DiskError) in try TarFile.write(folder, to: whole, disk: artifacts.disk) }
            if let difference = try TarFile.difference(from: folder, in: whole, disk: artifacts.disk) {
                throw .archiveDiffers(file: destination.path, reason: difference)
            }
        }
        do {
            try FileManager.default.moveItem(at: whole, to: destination)
        } catch {
            throw .disk(DiskError(action: "rename", path: destination.path, underlying: error))
        }
        try StoreError.wrapping { () throws(DiskError) in try AtomicFile.synchronizeFolder(parent) }
        return result
    }

    /// Copies a run into a new store, which is closed again, and verifies it.
    private func copy(_ runID: String, to folder: URL) throws(StoreError) -> StoreVerification {
        let copy = try RunStore(folder: folder, disk: artifacts.disk)
        try database.read("archive run \(runID)") { db in
            let run = try stored(runID, in: db)
            try copy.database.write("archive run \(runID)") { output in
                let states = [run.base, run.incumbent] + (try StoredGeneration.all(of: run, in: db, coding: coding)).compactMap(\.state)
                for hash in Set(states.flatMap { [$0.weights, $0.optimizer] }).sorted() {
                    try copy.artifacts.write(try artifacts.read(hash), hash: hash)
                    try copyRows(of: "artifact", where: "hash = ?", hash, from: db, to: output)
                }
                try copyRows(of: "run", where: "key = ?", run.key, from: db, to: output)
                for table in ["generation", "rollback", "problem", "episode"] {
                    try copyRows(of: table, where: "run = ?", run.key, from: db, to: output)
                }
            }
        }
        let result = try copy.verify()
        if let finding = result.findings.first { throw .archiveDiffers(file: folder.path, reason: finding.problem) }
        return result
    }

    /// Copies rows column by column, keys included: the store that they come to is empty.
    private func copyRows(
        of table: String, where condition: String, _ value: any DatabaseValueConvertible, from db: Database, to output: Database
    ) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) WHERE \(condition)", arguments: [value.databaseValue])
        while let row = try rows.next() {
            let columns = row.columnNames.joined(separator: ", "), places = row.columnNames.map { _ in "?" }.joined(separator: ", ")
            try output.cachedStatement(sql: "INSERT INTO \(table) (\(columns)) VALUES (\(places))").execute(
                arguments: StatementArguments(row.databaseValues))
        }
    }
}
