import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Equality of query results")
struct QueryComparisonTests {
    static let values: [(first: QueryValue, second: QueryValue, areEqual: Bool)] = [
        (.null, .null, true), (.null, .text(""), false), (.null, .integer(0), false), (.integer(3), .real(3), true),
        (.integer(3), .text("3"), false), (.integer(3), .integer(4), false), (.real(-0.0), .integer(0), true),
        (.real(0.1 + 0.2), .real(0.3), true), (.real(0.3), .real(0.300001), false), (.real(2.9999999999999996), .integer(3), true),
        (.integer(1_000_000_000_000_001), .integer(1_000_000_000_000_002), false),
        (.integer(1_000_000_000_000_001), .real(1_000_000_000_000_001), true), (.integer(.max), .integer(.max), true),
        (.integer(.max), .real(9.3e18), false), (.real(.infinity), .real(.infinity), true), (.real(.infinity), .real(-.infinity), false),
        (.real(1e300), .real(1e300), true), (.text("é"), .text("e\u{301}"), false), (.text("a"), .text("A"), false),
        (.bytes([1]), .bytes([1]), true), (.bytes([97]), .text("a"), false),
    ]

    @Test("values", arguments: values.indices)
    func value(index: Int) {
        let (first, second, areEqual) = Self.values[index]
        let results = [first, second].map { QueryResult(columns: 1, rows: [[$0]]) }
        for (one, other) in [(0, 1), (1, 0)] {
            #expect(QueryComparison.areEqual(results[one], results[other], inOrder: true) == areEqual, "\(first) and \(second)")
            #expect(QueryComparison.areEqual(results[one], results[other], inOrder: false) == areEqual, "\(first) and \(second)")
        }
    }

    @Test("rows count as often as they come, in order only where it matters")
    func rows() {
        func result(_ numbers: [Int64]) -> QueryResult { QueryResult(columns: 1, rows: numbers.map { [.integer($0)] }) }
        #expect(QueryComparison.areEqual(result([1, 2, 2]), result([2, 1, 2]), inOrder: false))
        #expect(!QueryComparison.areEqual(result([1, 2, 2]), result([2, 1, 2]), inOrder: true))
        #expect(!QueryComparison.areEqual(result([1, 2, 2]), result([1, 1, 2]), inOrder: false))
        #expect(!QueryComparison.areEqual(result([1, 2]), result([1, 2, 2]), inOrder: false))
        #expect(!QueryComparison.areEqual(result([]), QueryResult(columns: 2, rows: []), inOrder: false))
        // Values do not run into each other.
        let first = QueryResult(columns: 2, rows: [[.text("a,b"), .text("c")]])
        #expect(!QueryComparison.areEqual(first, QueryResult(columns: 2, rows: [[.text("a"), .text("b,c")]]), inOrder: false))
    }
}
