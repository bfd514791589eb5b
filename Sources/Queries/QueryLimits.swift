/// What a query, and the script before it, may take.
struct QueryLimits: Sendable, Hashable {
    /// Steps of SQLite's virtual machine: the bound that does not hang on the machine.
    var steps: Int
    /// Time, for steps that are slow in themselves.
    var time: Duration
    /// Bytes that SQLite holds beyond those it held before.
    var memory: Int64
    /// Bytes of one value or row.
    var length: Int32
    /// Bytes of a result.
    var result: Int
    /// Pages of a database, of 4,096 bytes.
    var pages: Int

    /// Of a query: about a second of ordinary work.
    static let query = QueryLimits(
        steps: 20_000_000, time: .seconds(10), memory: 256 << 20, length: 64 << 10, result: 16 << 20, pages: 0)
    /// Of a script, which is the user's own.
    static let setup = QueryLimits(
        steps: 200_000_000, time: .seconds(60), memory: 512 << 20, length: 1 << 20, result: 0, pages: (64 << 20) / 4_096)
}
