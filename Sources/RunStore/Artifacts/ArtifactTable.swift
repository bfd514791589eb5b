import Autodidact
import GRDB

/// The artifacts that runs refer to.
///
/// Used inside write transactions only: their lock is what keeps files and rows together.
struct ArtifactTable {
    let db: Database
    let folder: ArtifactFolder

    /// Stores both parts of a state: first the files, on the medium, then the rows that make them known.
    func store(_ hashed: HashedSnapshot) throws {
        try store(hashed.snapshot.weights, hash: hashed.stored.weights, kind: "weights")
        try store(hashed.snapshot.optimizer, hash: hashed.stored.optimizer, kind: "optimizer")
    }

    private func store(_ bytes: [UInt8], hash: String, kind: String) throws {
        let isKnown = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM artifact WHERE hash = ?)", arguments: [hash]) ?? false
        // A file without a row may not have reached the medium; one with a row may have been damaged since.
        if try !isKnown || !folder.holds(hash) { try folder.write(bytes, hash: hash) }
        if !isKnown {
            try db.execute(sql: "INSERT INTO artifact (hash, bytes, kind) VALUES (?, ?, ?)", arguments: [hash, bytes.count, kind])
        }
    }

    /// Forgets what nothing refers to any more.
    func forgetUnreferenced() throws {
        try db.execute(
            sql: """
                DELETE FROM artifact WHERE hash NOT IN (
                    SELECT base_weights FROM run UNION SELECT base_optimizer FROM run
                    UNION SELECT incumbent_weights FROM run UNION SELECT incumbent_optimizer FROM run
                    UNION SELECT weights FROM generation WHERE weights IS NOT NULL
                    UNION SELECT optimizer FROM generation WHERE optimizer IS NOT NULL
                )
                """)
    }

    /// Removes the files that have no row, among them those of transactions that were never committed.
    ///
    /// Must be the first thing in its transaction: a row forgotten in this one could come back.
    func removeForgottenFiles() throws {
        try folder.removeAll(except: Set(try String.fetchAll(db, sql: "SELECT hash FROM artifact")))
    }
}
