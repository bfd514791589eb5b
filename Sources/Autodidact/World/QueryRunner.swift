/// One value of a query's result.
public enum QueryValue: Sendable, Hashable {
    /// NULL.
    case null
    /// A whole number.
    case integer(Int64)
    /// A number in floating point; never NaN.
    case real(Double)
    /// Text.
    case text(String)
    /// Bytes, or text that is not UTF-8.
    case bytes([UInt8])
}

/// What a query returns.
public struct QueryResult: Sendable, Hashable {
    /// How many columns it has; their names do not matter.
    public let columns: Int
    /// The rows, in the order in which they came.
    public let rows: [[QueryValue]]

    /// A result.
    public init(columns: Int, rows: [[QueryValue]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// What running a query came to.
public enum QueryOutcome: Sendable, Hashable {
    /// It returned rows.
    case result(QueryResult)
    /// It did not, by its own fault: it is no query, would write, or asks for too much work.
    case refused(String)
    /// The database that it was to run on cannot be made, so nothing is known of it.
    case unusable(String)
}

/// Runs queries that a model wrote: the part of a run's world that has databases.
public protocol QueryRunner: Sendable {
    /// The database with its version, such as `SQLite 3.40.1`; named in run records.
    var version: String { get }

    /// What a query returns on a database that a script of SQL makes, and that no query changes.
    ///
    /// Total: never throws.
    /// - Parameter mostRows: Rows after the first so many are not read.
    func outcome(of query: String, on setup: String, mostRows: Int) async -> QueryOutcome
}
