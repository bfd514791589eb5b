import Testing

@testable import TaskLibrary

@Suite("The shape of a query")
struct QueryShapeTests {
    @Test(
        "has an order only where the query itself asks for one",
        arguments: [
            ("SELECT a FROM t ORDER BY a", true), ("select a from t union select b from u order\n by 1", true),
            ("WITH x AS (SELECT a FROM t ORDER BY a) SELECT * FROM x", false), ("SELECT a FROM (SELECT a FROM t ORDER BY a)", false),
            ("SELECT rank() OVER (ORDER BY a) FROM t", false), ("SELECT 'order by' FROM t", false),
            ("SELECT a FROM t -- order by a", false),
            ("SELECT a /* order by */ FROM t", false), ("SELECT \"order\", by FROM t", false), ("SELECT a FROM t ORDER", false),
            ("", false),
        ])
    func order(query: String, isOrdered: Bool) {
        #expect(QueryShape(query).isOrdered == isOrdered, "\(query)")
    }

    @Test("is small for what people write")
    func ordinary() {
        let parts = (1...5).map {
            "c\($0) AS (SELECT x.a, sum(x.b) AS b FROM \($0 == 1 ? "t" : "c\($0 - 1)") x WHERE x.a > 1 GROUP BY x.a)"
        }
        let query = "WITH " + parts.joined(separator: ", ") + " SELECT a, b FROM c5 ORDER BY b DESC LIMIT 3"
        #expect(QueryShape(query).size < QueryShape.largest)
        #expect(QueryShape("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 9").size < 100)
        #expect(QueryShape(String(repeating: "(", count: 90) + "1").size < 10)
    }

    /// Short texts that SQLite would write out for ever before it takes a step.
    @Test("is too large where each part uses the one before it more than once")
    func bombs() {
        let steps = (0..<40).map { "c\($0) AS (SELECT 1 FROM \($0 == 0 ? "t, t" : "c\($0 - 1), c\($0 - 1)"))" }
        let quoted = steps.map { $0.replacing(/c(\d+)/) { "\"C\($0.1)\"" } }
        let columns = steps.map { $0.replacing(" AS (", with: "(x) AS NOT MATERIALIZED (") }
        for parts in [steps, quoted, columns] {
            let query = "WITH " + parts.joined(separator: ", ") + " SELECT * FROM c39"
            #expect(QueryShape(query.replacing("FROM c39", with: parts == quoted ? "FROM [c39]" : "FROM c39")).size > QueryShape.largest)
        }
        let nested = (0..<20).reduce("SELECT a FROM t") { inner, _ in "SELECT a + a + a AS a FROM (\(inner))" }
        #expect(QueryShape(nested).size > QueryShape.largest)
        #expect(QueryShape(String(repeating: "(", count: 1_000)).size == .infinity)
    }

    @Test(
        "is read of any text",
        arguments: ["'", "\"", "[", "`", "/*", "--", ")", "))((", "WITH", "AS (", "(x) AS (SELECT", "a.b AS (SELECT"])
    func anything(text: String) {
        #expect(QueryShape(text).size > 0)
    }
}
