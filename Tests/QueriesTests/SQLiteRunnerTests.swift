import Autodidact
import Foundation
import Testing

@testable import Queries

@Suite("Queries on SQLite")
struct SQLiteRunnerTests {
    private static let setup = """
        CREATE TABLE t(a INTEGER, b TEXT, c REAL); INSERT INTO t VALUES (1, 'x', 1.5), (2, 'y', 2.5), (3, NULL, 3.5);
        CREATE VIEW v AS SELECT a FROM t;
        """

    private func outcome(of query: String, on setup: String = Self.setup, mostRows: Int = 10) async throws -> QueryOutcome {
        try await SQLiteRunner().outcome(of: query, on: setup, mostRows: mostRows)
    }

    @Test("return their rows with their types")
    func rows() async throws {
        let all: [[QueryValue]] = [
            [.integer(1), .text("x"), .real(1.5)], [.integer(2), .text("y"), .real(2.5)], [.integer(3), .null, .real(3.5)],
        ]
        #expect(try await outcome(of: "SELECT * FROM t ORDER BY a;") == .result(QueryResult(columns: 3, rows: all)))
        #expect(
            try await outcome(of: "SELECT * FROM t ORDER BY a", mostRows: 2) == .result(QueryResult(columns: 3, rows: Array(all.prefix(2))))
        )
        #expect(
            try await outcome(of: "WITH w AS (SELECT max(a) AS m FROM v) SELECT m, x'00ff', 'é', 9e999, CAST(x'ff' AS TEXT) FROM w -- end")
                == .result(QueryResult(columns: 5, rows: [[.integer(3), .bytes([0, 255]), .text("é"), .real(.infinity), .bytes([255])]])))
        #expect(try await outcome(of: "VALUES (1)", on: "") == .result(QueryResult(columns: 1, rows: [[.integer(1)]])))
        #expect(try await outcome(of: "SELECT a FROM t WHERE 0") == .result(QueryResult(columns: 1, rows: [])))
        #expect(try SQLiteRunner().version.hasPrefix("SQLite 3."))
    }

    static let refusals: [(query: String, words: String)] = [
        ("SELECT 1; SELECT 2", "more than one statement"), ("SELECT 1; nonsense", "more than one statement"), ("", "no statement"),
        ("-- nothing", "no statement"), ("SELECT nope FROM t", "no such column"), ("SELEC 1", "syntax error"),
        ("DELETE FROM t", "more than read"), ("INSERT INTO t VALUES (1, 2, 3) RETURNING a", "more than read"),
        ("UPDATE t SET a = 0", "more than read"), ("DROP TABLE t", "more than read"), ("CREATE TABLE u(a)", "more than read"),
        ("CREATE TEMP TABLE u AS SELECT 1", "more than read"), ("BEGIN", "more than read"), ("PRAGMA query_only=OFF", "PRAGMA"),
        ("PRAGMA table_info(t)", "PRAGMA"), ("SELECT * FROM pragma_table_info('t')", "more than read"),
        ("ATTACH 'other.sqlite' AS other", "another database"), ("VACUUM INTO 'other.sqlite'", "no query"),
        ("EXPLAIN SELECT 1", "no query"),
        ("EXPLAIN QUERY PLAN SELECT 1", "no query"), ("SELECT random()", "calls random"), ("SELECT RandomBlob(3)", "calls randomblob"),
        ("SELECT load_extension('x')", "calls load_extension"), ("SELECT writefile('x', 'y')", "no such function"),
        ("SELECT zeroblob(1000000000)", "too big"), ("SELECT 1\u{0}", "zero byte"),
        (String(repeating: "-", count: 300) + "\nSELECT " + Array(repeating: "1", count: 501).joined(separator: ","), "too many columns"),
    ]

    @Test("are refused where they do anything but read", arguments: refusals.indices)
    func refused(index: Int) async throws {
        let (query, words) = Self.refusals[index]
        guard case .refused(let reason) = try await outcome(of: query) else {
            Issue.record("not refused: \(query)")
            return
        }
        #expect(reason.contains(words), "\(query): \(reason)")
        #expect(!FileManager.default.fileExists(atPath: "other.sqlite"))
    }

    private static let endless = "WITH RECURSIVE n(i, x) AS (SELECT 1, zeroblob(1000) UNION ALL SELECT i + 1, zeroblob(1000) FROM n)"

    @Test("are stopped where they take too many steps, too much memory, too long, or return too much")
    func limits() async throws {
        func reason(_ query: String, _ change: (inout QueryLimits) -> Void) async throws -> String {
            var limits = QueryLimits.query
            change(&limits)
            guard
                case .refused(let reason) = try await SQLiteRunner(setup: .setup, query: limits).outcome(
                    of: query, on: "", mostRows: 100_000)
            else { return "none" }
            return reason
        }
        #expect(try await reason(Self.endless + " SELECT count(*) FROM n") { $0.steps = 2_000_000 } == "it takes more than 2 million steps")
        #expect(
            try await reason(Self.endless + " SELECT max(i) FROM (SELECT i, x FROM n ORDER BY -i)") { $0.memory = 8 << 20 }
                == "it takes more than 8 MiB")
        #expect(try await reason(Self.endless + " SELECT count(*) FROM n") { $0.time = .zero } == "it takes longer than 0 seconds")
        #expect(try await reason(Self.endless + " SELECT x FROM n") { $0.result = 1 << 20 } == "it returns more than 1 MiB")
    }

    @Test("do not change what the next one finds")
    func fresh() async throws {
        let runner = try SQLiteRunner()
        let expected = QueryOutcome.result(QueryResult(columns: 1, rows: [[.integer(3)]]))
        for _ in 0..<3 {
            _ = await runner.outcome(of: "DELETE FROM t", on: Self.setup, mostRows: 1)
            #expect(await runner.outcome(of: "SELECT count(*) FROM t", on: Self.setup, mostRows: 1) == expected)
        }
        // More databases than are kept.
        for number in 0..<20 {
            let setup = "CREATE TABLE t(a); INSERT INTO t VALUES (\(number))"
            let one = QueryOutcome.result(QueryResult(columns: 1, rows: [[.integer(Int64(number))]]))
            #expect(await runner.outcome(of: "SELECT a FROM t", on: setup, mostRows: 1) == one)
        }
        #expect(await runner.outcome(of: "SELECT count(*) FROM t", on: Self.setup, mostRows: 1) == expected)
    }

    static let scripts: [(setup: String, words: String?)] = [
        ("PRAGMA foreign_keys=ON; BEGIN; CREATE TABLE t(a); COMMIT;", nil), ("CREATE TABLE t(a); CREATE INDEX i ON t(a);", nil),
        ("nonsense", "syntax error"), ("ATTACH 'other.sqlite' AS other; CREATE TABLE other.t(a)", "another database"),
        ("CREATE TEMP TABLE t(a)", "temporary"), ("PRAGMA journal_mode=WAL", "PRAGMA"), ("BEGIN; CREATE TABLE t(a)", "does not end it"),
        ("CREATE TABLE t(a); INSERT INTO t VALUES (random())", "calls random"), ("CREATE VIRTUAL TABLE t USING fts5(a)", "virtual table"),
        ("VACUUM INTO 'other.sqlite'", "another database"), ("SELECT 1\u{0}", "zero byte"),
        ("CREATE TABLE t(a); " + Self.endless + " INSERT INTO t SELECT x FROM n", "more than 1 MiB"),
    ]

    @Test("have a database only where its script reaches nothing else", arguments: scripts.indices)
    func script(index: Int) async throws {
        let (setup, words) = Self.scripts[index]
        var limits = QueryLimits.setup
        limits.pages = 256
        let outcome = try await SQLiteRunner(setup: limits, query: .query).outcome(of: "SELECT 1", on: setup, mostRows: 1)
        if let words {
            guard case .unusable(let reason) = outcome else {
                Issue.record("usable: \(setup)")
                return
            }
            #expect(reason.contains(words), "\(setup): \(reason)")
        } else {
            #expect(outcome == .result(QueryResult(columns: 1, rows: [[.integer(1)]])), "\(setup)")
        }
        #expect(!FileManager.default.fileExists(atPath: "other.sqlite"))
    }
}
