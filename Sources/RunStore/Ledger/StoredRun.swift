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
    /// The rollbacks that were asked for by hand, as JSON texts in order; rows of their own, covered by the run's digest.
    var rollbacks: [String] = []

    /// The digest of the row as it is now.
    var digest: String {
        let parts =
            [
                id, "\(generations)", manifest, baseline, spent, summary ?? "", base.weights, base.optimizer, incumbent.weights,
                incumbent.optimizer, figures, "\(rollbacks.count)",
            ] + rollbacks
        return ContentHash.hexadecimal(of: parts.joined(separator: "\u{0}"))
    }

    /// The run of this exact name, or nil.
    ///
    /// - Throws: `damagedRecord` where the row is not what was once written.
    static func find(_ id: String, in db: Database, file: String) throws -> StoredRun? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id]) else { return nil }
        let reader = RowReader(row: row, file: file, record: "run \(id)")
        let key: Int64 = try reader.value("key")
        let rollbacks = try Row.fetchAll(db, sql: "SELECT record FROM rollback WHERE run = ? ORDER BY number", arguments: [key])
        let run = StoredRun(
            key: key,
            id: id,
            manifest: try reader.value("manifest"),
            baseline: try reader.value("baseline"),
            base: StoredSnapshot(weights: try reader.value("base_weights"), optimizer: try reader.value("base_optimizer")),
            incumbent: StoredSnapshot(weights: try reader.value("incumbent_weights"), optimizer: try reader.value("incumbent_optimizer")),
            generations: try reader.value("generations"),
            spent: try reader.value("spent"),
            figures: try reader.value("figures"),
            summary: try reader.optional("summary"),
            rollbacks: try rollbacks.map { try RowReader(row: $0, file: file, record: "a rollback of run \(id)").value("record") }
        )
        guard try reader.value("rollbacks") == run.rollbacks.count else { throw reader.damage("a rollback is missing") }
        guard try reader.value("digest") == run.digest else { throw reader.damage("its digest does not match") }
        return run
    }

    /// Adds the run; `key` is chosen by the database.
    func insert(in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO run (id, generations, base_weights, base_optimizer, incumbent_weights, incumbent_optimizer, manifest,
                                 spent, figures, baseline, summary, rollbacks, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, generations, base.weights, base.optimizer, incumbent.weights, incumbent.optimizer, manifest, spent, figures,
                baseline, summary, rollbacks.count, digest,
            ])
    }

    /// Writes what changes in the course of a run.
    func update(in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE run SET generations = ?, incumbent_weights = ?, incumbent_optimizer = ?, spent = ?, figures = ?, summary = ?,
                               rollbacks = ?, digest = ? WHERE key = ?
                """,
            arguments: [
                generations, incumbent.weights, incumbent.optimizer, spent, figures, summary, rollbacks.count, digest, key,
            ])
    }

    /// Adds a rollback; `update` has to follow in the same transaction.
    mutating func append(rollback text: String, in db: Database) throws {
        rollbacks.append(text)
        try db.execute(
            sql: "INSERT INTO rollback (run, number, record) VALUES (?, ?, ?)", arguments: [key, rollbacks.count, text])
    }

    /// The rollbacks, each of a generation that it follows.
    func decodedRollbacks(_ coding: RecordCoding) throws(StoreError) -> [RunRollback] {
        var decoded: [RunRollback] = []
        for text in rollbacks {
            let name = "rollback \(decoded.count + 1) of run \(id)"
            let rollback = try coding.value(RunRollback.self, from: text, record: name)
            guard rollback.after >= decoded.last?.after ?? 0, rollback.after <= generations, (0...rollback.after).contains(rollback.to)
            else {
                throw .damagedRecord(file: coding.file, record: name, reason: "it goes back to a generation that it does not follow")
            }
            decoded.append(rollback)
        }
        return decoded
    }
}
