import Autodidact
import Foundation
import GRDB

/// The SQLite file of a store: opened once, read by many, written by one at a time.
///
/// Its write lock is also what guards the artifacts: they are written and removed only inside a write transaction, so no process
/// can remove a file that another one is about to refer to.
struct StoreDatabase: Sendable {
    /// Where the file lies; named in errors.
    let path: String
    private let pool: DatabasePool

    /// Opens or creates the file and brings it to the newest format.
    ///
    /// - Parameter isExpected: Whether something else in the folder shows that the file must be there.
    init(file: URL, isExpected: Bool) throws(StoreError) {
        path = file.path
        do {
            try Self.inspect(file, isExpected: isExpected)
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { [path] db in
                // GRDB asks for the write-ahead log, but does not hear of a failure of the transaction that makes the change. With any
                // other journal a loss of power could undo what was acknowledged.
                guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else {
                    throw StoreError.database(file: path, action: "open", reason: "its write-ahead log could not be set up; try again")
                }
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // Before any table, so that a store whose making was cut short is known for one. It is also a commit at each opening:
                // what a killed process committed and had not synchronised is on the medium before artifacts are removed because of it.
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                try Self.settle(db)
            }
            try Schema.migrator.migrate(pool)
        } catch {
            throw StoreError(error, action: "open", file: path)
        }
    }

    /// One snapshot of the database, whatever is written meanwhile.
    func read<T>(_ action: String, _ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error, action: action, file: path)
        }
    }

    /// One transaction: committed and on the medium when this returns, rolled back when it throws.
    func write<T>(_ action: String, _ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try pool.write(body)
        } catch {
            throw StoreError(error, action: action, file: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)  // another process may be writing large weights
        configuration.foreignKeysEnabled = true
        return configuration
    }

    /// Copies what earlier processes left in the write-ahead log into the database.
    ///
    /// Where a synchronisation of the log failed, the system may show its pages and never write them. What is committed after them would
    /// be lost with them; pages of the database are written anew.
    private static func settle(_ db: Database) throws {
        do {
            try db.checkpoint(.passive)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Another process is doing so: it opened the store before this one and has settled what was left.
        }
    }

    /// Refuses what must not be touched, before anything is written.
    private static func inspect(_ file: URL, isExpected: Bool) throws {
        let isThere = FileManager.default.fileExists(atPath: file.path)
        let size = isThere ? try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int : nil
        guard let size, size > 0 else {
            if isExpected {
                throw StoreError.damagedDatabase(
                    file: file.path, reason: "it is \(size == nil ? "missing" : "empty"), but artifacts lie beside it")
            }
            return
        }
        do {
            try refuse(file, readonly: true)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            // A crash cut a transaction short: only who may write can undo it, and nothing can be read before that.
            try refuse(file, readonly: false)
        }
    }

    /// Refuses a database that is not a store, or not one that this program knows.
    private static func refuse(_ file: URL, readonly: Bool) throws {
        var configuration = Self.configuration
        configuration.readonly = readonly
        try DatabaseQueue(path: file.path, configuration: configuration).read { db in
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if owner != Schema.applicationID && (owner != 0 || version != 0 || tables > 0) { throw StoreError.notAStore(file: file.path) }
            if version > Schema.version { throw StoreError.newerVersion(file: file.path, found: version, known: Schema.version) }
        }
    }
}
