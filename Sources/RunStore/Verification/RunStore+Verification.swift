import Autodidact
import GRDB

extension RunStore {
    /// Reads everything that is kept of the given runs, or of all, and says what is not as it was written.
    ///
    /// The database as a whole is checked too: its pages and indices, and that no row refers to one that is not there. A finding does
    /// not end the search.
    ///
    /// - Throws: Only where the store cannot be read at all.
    public func verify(runs names: [String]? = nil) throws(StoreError) -> StoreVerification {
        var (result, runs) = try database.read("verify the store") { db in
            var result = StoreVerification()
            for problem in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)") where problem != "ok" {
                result.add(problem, file: database.path)
            }
            for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
                let (table, other): (String?, String?) = (row["table"], row["parent"])
                result.add("a row of \(table ?? "a table") refers to a row of \(other ?? "another") that is not there", file: database.path)
            }
            return (result, try String.fetchAll(db, sql: "SELECT id FROM run ORDER BY key"))
        }
        var hashed: [String: StoreError?] = [:]
        if let names { runs = names }
        for run in runs {
            (result, hashed) = try database.read("verify run \(run)") { [result, hashed] db in
                var verification = RunVerification(of: run, in: self, db, after: result, hashed: hashed)
                verification.perform()
                return (verification.result, verification.hashed)
            }
        }
        return result
    }
}
