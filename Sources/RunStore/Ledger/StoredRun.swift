import Autodidact
import GRDB

/// The row of a run.
///
/// Its digest covers all that decides how the run goes on, so a changed bit is noticed before it is used.
struct StoredRun {
    let key: Int64
    let id: String
    let manifest: String
    let baseline: String
    let base: StoredSnapshot
    var incumbent: StoredSnapshot
    var generations: Int
    var spent: String
    var figures: String
    var summary: String?

    /// The digest of the row as it is now.
    var digest: String {
        let parts = [
            id, "\(generations)", manifest, baseline, spent, summary ?? "", base.weights, base.optimizer, incumbent.weights,
            incumbent.optimizer,
        ]
        return ContentHash.hexadecimal(of: parts.joined(separator: "\u{0}"))
    }

    /// The run of this exact name, or nil.
    ///
    /// - Throws: `damagedRecord` where the row is not what was once written.
    static func find(_ id: String, in db: Database, file: String) throws -> StoredRun? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id]) else { return nil }
        let reader = RowReader(row: row, file: file, record: "run \(id)")
        let run = StoredRun(
            key: try reader.value("key"),
            id: id,
            manifest: try reader.value("manifest"),
            baseline: try reader.value("baseline"),
            base: StoredSnapshot(weights: try reader.value("base_weights"), optimizer: try reader.value("base_optimizer")),
            incumbent: StoredSnapshot(weights: try reader.value("incumbent_weights"), optimizer: try reader.value("incumbent_optimizer")),
            generations: try reader.value("generations"),
            spent: try reader.value("spent"),
            figures: try reader.value("figures"),
            summary: try reader.optional("summary")
        )
        guard try reader.value("digest") == run.digest else { throw reader.damage("its digest does not match") }
        return run
    }

    /// Adds the run; `key` is chosen by the database.
    func insert(in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO run (id, generations, base_weights, base_optimizer, incumbent_weights, incumbent_optimizer, manifest,
                                 spent, figures, baseline, summary, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, generations, base.weights, base.optimizer, incumbent.weights, incumbent.optimizer, manifest, spent, figures,
                baseline, summary, digest,
            ])
    }

    /// Writes what changes in the course of a run.
    func update(in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE run SET generations = ?, incumbent_weights = ?, incumbent_optimizer = ?, spent = ?, figures = ?, summary = ?,
                               digest = ? WHERE key = ?
                """,
            arguments: [generations, incumbent.weights, incumbent.optimizer, spent, figures, summary, digest, key])
    }
}
