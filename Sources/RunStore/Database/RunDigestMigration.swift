import Autodidact
import GRDB

/// What format 3 does to the digests of runs; never edited, as the migration that it is part of.
enum RunDigestMigration {
    /// Makes the digest of each whole run cover its figures and the number of its rollbacks.
    ///
    /// A damaged run keeps its digest, and so is still found out.
    static func coverFiguresAndRollbacks(in db: Database) throws {
        let columns = [
            "id", "generations", "manifest", "baseline", "spent", "summary", "base_weights", "base_optimizer", "incumbent_weights",
            "incumbent_optimizer",
        ]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM run") {
            func text(_ column: String) -> String {
                let value: DatabaseValue? = row[column]
                return value.flatMap { String.fromDatabaseValue($0) } ?? value.flatMap { Int64.fromDatabaseValue($0) }.map { "\($0)" } ?? ""
            }
            let old = columns.map(text)
            guard text("digest") == ContentHash.hexadecimal(of: old.joined(separator: "\u{0}")) else { continue }
            let digest = ContentHash.hexadecimal(of: (old + [text("figures"), "0"]).joined(separator: "\u{0}"))
            try db.execute(sql: "UPDATE run SET digest = ? WHERE id = ?", arguments: [digest, text("id")])
        }
    }
}
