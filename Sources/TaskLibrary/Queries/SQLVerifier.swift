public import Autodidact
import Synchronization

/// Judges a response as a query, by the rows that it returns on the database of its problem.
///
/// The problem's reference is `QueryReference` as JSON: a script that makes the database, and a query that is right. The response is one
/// statement that reads, alone or in its last fenced block. Its result must be that of the reference: columns by place, rows each as
/// often, in order only where the reference itself has an ORDER BY. A reference that fails or returns no rows makes the verdict
/// unscorable: any query that finds nothing would be right.
public final class SQLVerifier: Verifier {
    /// Runs the queries.
    public let runner: any QueryRunner
    /// What the newest references returned, the newest last.
    private let known = Mutex<[(reference: String, outcome: QueryOutcome)]>([])

    /// The longest query, in bytes.
    static let maximumBytes = 16 << 10
    /// The most rows of a result.
    static let mostRows = 10_000

    private static let mostKnown = 32

    /// The verifier that runs queries there.
    public init(_ runner: any QueryRunner) {
        self.runner = runner
    }

    /// The rules' version, with the database's.
    public var version: String { "sql/1 \(runner.version)" }

    /// The verdict; unscorable where the reference cannot be run or tells nothing.
    public func verdict(on response: String, for problem: Problem) async -> Verdict {
        guard let reference = QueryReference(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) states no query")
        }
        let expected: QueryResult
        switch await outcome(of: reference, text: problem.reference) {
        case .result(let result): expected = result
        case .refused(let reason): return .unscorable(reason: "the reference query does not run: \(reason)")
        case .unusable(let reason): return .unscorable(reason: "the script before the reference query does not run: \(reason)")
        }
        if expected.rows.isEmpty {
            return .unscorable(reason: "the reference query returns no rows, so that any query that finds nothing would be right")
        }
        guard expected.rows.count <= Self.mostRows else {
            return .unscorable(reason: "the reference query returns more than \(Self.mostRows) rows")
        }
        let query = FencedBlock.program(in: response)
        if query.withoutOuterSpace.isEmpty { return .wrong("the response has no query") }
        guard query.utf8.count <= Self.maximumBytes else { return .wrong("the query is longer than \(Self.maximumBytes) bytes") }
        guard QueryShape(query).size <= QueryShape.largest else { return .wrong("the query uses its parts in too many places") }
        switch await runner.outcome(of: query, on: reference.setup, mostRows: expected.rows.count + 1) {
        case .result(let result):
            let isOrdered = QueryShape(reference.query).isOrdered
            return QueryComparison.areEqual(result, expected, inOrder: isOrdered) ? .correct : .wrong("the query returns other rows")
        case .refused(let reason): return .wrong("the query does not run: \(reason)")
        case .unusable(let reason): return .unscorable(reason: "the script before the query does not run: \(reason)")
        }
    }

    private func outcome(of reference: QueryReference, text: String) async -> QueryOutcome {
        if let outcome = known.withLock({ known in known.first { $0.reference == text }?.outcome }) { return outcome }
        let outcome = await runner.outcome(of: reference.query, on: reference.setup, mostRows: Self.mostRows + 1)
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeFirst() }
            known.append((text, outcome))
        }
        return outcome
    }
}
