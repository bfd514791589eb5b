import Autodidact
import GRDBSQLite
import Texts

/// A database in memory, under watch, closed with its last owner.
@safe final class SQLiteConnection {
    private let database: OpaquePointer
    private let watch: QueryWatch
    private let limits: QueryLimits

    /// An empty database that a script may fill.
    convenience init(forSetup limits: QueryLimits) throws(SQLiteFault) {
        try self.init(.setup, limits: limits)
        // One more than is allowed would be told as a full disk.
        try run("PRAGMA max_page_count=\(limits.pages)")
        unsafe watch.watch(database)
    }

    /// A database of this content, which nothing can change.
    convenience init(reading image: [UInt8], limits: QueryLimits) throws(SQLiteFault) {
        try self.init(.query, limits: limits)
        if !image.isEmpty { try load(image) }
        // From here on nothing is written, not to temporary tables either.
        try run("PRAGMA query_only=ON")
        for (kind, most) in Self.caps(limits) { _ = unsafe sqlite3_limit(database, kind, most) }
        unsafe watch.watch(database)
    }

    private init(_ part: QueryWatch.Part, limits: QueryLimits) throws(SQLiteFault) {
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(
            ":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nil)
        guard let opened = unsafe opened else { throw SQLiteFault("SQLite has no memory for a database") }
        unsafe database = opened
        watch = QueryWatch(part, limits: limits)
        self.limits = limits
        guard code == SQLITE_OK else { throw fault() }
        // What is sorted stays in memory, where it is counted.
        try run("PRAGMA temp_store=MEMORY")
    }

    deinit { _ = unsafe sqlite3_close_v2(database) }

    /// What statements may hold, so that none is slow to read or to plan, and no step is slow.
    private static func caps(_ limits: QueryLimits) -> [(kind: Int32, most: Int32)] {
        [
            (SQLITE_LIMIT_LENGTH, limits.length), (SQLITE_LIMIT_SQL_LENGTH, 64 << 10), (SQLITE_LIMIT_COLUMN, 500),
            (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_COMPOUND_SELECT, 50), (SQLITE_LIMIT_VDBE_OP, 100_000),
            (SQLITE_LIMIT_FUNCTION_ARG, 50), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
            (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
    }

    private func load(_ image: [UInt8]) throws(SQLiteFault) {
        guard let copy = unsafe sqlite3_malloc64(UInt64(image.count)) else { throw SQLiteFault("SQLite has no memory for a database") }
        unsafe image.withUnsafeBytes { unsafe copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: image.count) }
        let size = Int64(image.count)
        let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
        let bytes = unsafe copy.assumingMemoryBound(to: UInt8.self)
        // It owns the copy from here on, whether it succeeds or not.
        guard unsafe sqlite3_deserialize(database, "main", bytes, size, size, flags) == SQLITE_OK else { throw fault() }
    }

    /// Runs statements one after the other.
    func run(_ script: String) throws(SQLiteFault) {
        guard unsafe sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK else { throw fault() }
    }

    /// The content of the database, which is not watched any longer; empty where it has no table.
    func image() throws(SQLiteFault) -> [UInt8] {
        guard unsafe sqlite3_get_autocommit(database) != 0 else { throw SQLiteFault("it begins a transaction and does not end it") }
        // SQLite asks itself for the number of pages, by a pragma that no script may use.
        unsafe watch.leave(database)
        var size: Int64 = 0
        guard let bytes = unsafe sqlite3_serialize(database, "main", &size, 0) else {
            if size == 0 { return [] }
            throw SQLiteFault("SQLite has no memory for a copy of the database")
        }
        defer { unsafe sqlite3_free(bytes) }
        return unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
    }

    /// What one query returns, at most so many rows of it.
    func result(of query: String, mostRows: Int) throws(SQLiteFault) -> QueryResult {
        let statement = try unsafe only(query)
        defer { _ = unsafe sqlite3_finalize(statement) }
        guard unsafe sqlite3_stmt_readonly(statement) != 0, unsafe sqlite3_stmt_isexplain(statement) == 0 else {
            throw SQLiteFault("it is no query that returns rows")
        }
        let columns = unsafe sqlite3_column_count(statement)
        guard columns > 0 else { throw SQLiteFault("it is no query that returns rows") }
        var rows: [[QueryValue]] = []
        var bytes = 0
        while rows.count < mostRows {
            switch unsafe sqlite3_step(statement) {
            case SQLITE_DONE: return QueryResult(columns: Int(columns), rows: rows)
            case SQLITE_ROW:
                rows.append((0..<columns).map { unsafe QueryValue(column: $0, of: statement, counting: &bytes) })
                guard bytes <= limits.result else { throw SQLiteFault("it returns more than \(limits.result >> 20) MiB") }
            default: throw fault()
            }
        }
        return QueryResult(columns: Int(columns), rows: rows)
    }

    /// The one statement that a text holds.
    private func only(_ query: String) throws(SQLiteFault) -> OpaquePointer {
        var (first, second): (OpaquePointer?, OpaquePointer?)
        let codes = unsafe query.withCString { text -> (Int32, Int32) in
            var rest: UnsafePointer<CChar>?
            let code = unsafe sqlite3_prepare_v2(database, text, -1, &first, &rest)
            guard code == SQLITE_OK, let rest = unsafe rest else { return (code, SQLITE_OK) }
            return (code, unsafe sqlite3_prepare_v2(database, rest, -1, &second, nil))
        }
        let hasMore = unsafe second != nil || codes.1 != SQLITE_OK
        _ = unsafe sqlite3_finalize(second)
        guard codes.0 == SQLITE_OK else { throw fault() }
        guard let statement = unsafe first else { throw SQLiteFault("it has no statement") }
        if hasMore {
            _ = unsafe sqlite3_finalize(statement)
            throw SQLiteFault("it has more than one statement")
        }
        return unsafe statement
    }

    /// Why the last call failed.
    private func fault() -> SQLiteFault {
        if watch.objection == nil, unsafe sqlite3_errcode(database) == SQLITE_FULL {
            return SQLiteFault("it makes a database of more than \((limits.pages * 4_096) >> 20) MiB")
        }
        let message = unsafe String(cString: sqlite3_errmsg(database)).shown
        return SQLiteFault(watch.objection ?? message)
    }
}

/// Why a script or a query came to nothing, to complete "it …" or as SQLite says it.
struct SQLiteFault: Error, Sendable, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension QueryValue {
    /// A value of the row where a statement stands; its bytes are added to `bytes`.
    fileprivate init(column: Int32, of statement: OpaquePointer, counting bytes: inout Int) {
        bytes += 16
        switch unsafe sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(unsafe sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(unsafe sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            // The text first: asking for it may change where its bytes are.
            let start = unsafe sqlite3_column_text(statement, column)
            let content = unsafe Array(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
            bytes += content.count
            self = String(validating: content, as: UTF8.self).map(QueryValue.text) ?? .bytes(content)
        case SQLITE_BLOB:
            let start = unsafe sqlite3_column_blob(statement, column)
            let content = unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
            bytes += content.count
            self = .bytes(content)
        default: self = .null
        }
    }
}
