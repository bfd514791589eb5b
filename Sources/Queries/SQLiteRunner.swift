public import Autodidact
import GRDBSQLite

/// Runs queries on SQLite databases in memory, each on one of its own that nothing can change.
///
/// The script runs once; its database is kept as an image, and each query gets a copy that SQLite itself holds to be read-only. An
/// authoriser lets a query read and call functions and nothing else; steps, memory, time and sizes are bounded (`QueryLimits`). All
/// runs in this process, so SQLite is the wall: it was made to run statements of strangers under such bounds. Queries run one after the
/// other, so that memory can be told apart.
public actor SQLiteRunner: QueryRunner {
    /// SQLite's version.
    public nonisolated let version: String
    private let limits: (setup: QueryLimits, query: QueryLimits)
    /// The databases of the newest scripts, the newest last.
    private var images: [(setup: String, image: Result<[UInt8], SQLiteFault>)] = []

    private static let mostImages = 8

    /// A runner.
    ///
    /// - Throws: `QueryRunnerError` where this SQLite cannot bound memory.
    public init() throws(QueryRunnerError) {
        try self.init(setup: .setup, query: .query)
    }

    init(setup: QueryLimits, query: QueryLimits) throws(QueryRunnerError) {
        version = unsafe "SQLite " + String(cString: sqlite3_libversion())
        limits = (setup, query)
        guard let block = unsafe sqlite3_malloc(1) else { throw .noMemoryCount }
        let isCounted = sqlite3_memory_used() > 0
        unsafe sqlite3_free(block)
        guard isCounted else { throw .noMemoryCount }
    }

    /// What a query returns on the database of a script; see `QueryRunner`.
    public func outcome(of query: String, on setup: String, mostRows: Int) -> QueryOutcome {
        let image: [UInt8]
        switch self.image(of: setup) {
        case .success(let made): image = made
        case .failure(let fault): return .unusable(fault.reason)
        }
        if query.utf8.contains(0) { return .refused("it has a zero byte") }
        do {
            return .result(try SQLiteConnection(reading: image, limits: limits.query).result(of: query, mostRows: mostRows))
        } catch {
            return .refused(error.reason)
        }
    }

    private func image(of setup: String) -> Result<[UInt8], SQLiteFault> {
        if let known = images.firstIndex(where: { $0.setup == setup }) {
            images.append(images.remove(at: known))
            return images[images.count - 1].image
        }
        let image = Self.made(by: setup, limits: limits.setup)
        if images.count >= Self.mostImages { images.removeFirst() }
        images.append((setup, image))
        return image
    }

    private static func made(by setup: String, limits: QueryLimits) -> Result<[UInt8], SQLiteFault> {
        if setup.utf8.contains(0) { return .failure(SQLiteFault("it has a zero byte")) }
        do {
            let connection = try SQLiteConnection(forSetup: limits)
            try connection.run(setup)
            return .success(try connection.image())
        } catch {
            return .failure(error)
        }
    }
}

/// Why queries cannot be run here.
public enum QueryRunnerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// SQLite was built without the figures that bound a query's memory.
    case noMemoryCount

    /// One sentence for people.
    public var description: String {
        "this SQLite does not count its memory (SQLITE_DEFAULT_MEMSTATUS=0), so that no query's could be bounded; take another build of it"
    }
}
