import Autodidact
import Synchronization
import Testing

@testable import TaskLibrary

/// A database that says what it is told to, and counts.
private final class GivenAnswers: QueryRunner {
    let outcomes: [String: QueryOutcome]
    let asked = Mutex<[String]>([])
    let version = "Given 1"

    init(_ outcomes: [String: QueryOutcome]) { self.outcomes = outcomes }

    func outcome(of query: String, on setup: String, mostRows: Int) -> QueryOutcome {
        asked.withLock { $0.append(query) }
        return outcomes[query] ?? .refused("no such column")
    }
}

@Suite("Verifier sql")
struct SQLVerifierTests {
    private static func given(_ numbers: Int64...) -> QueryOutcome {
        .result(QueryResult(columns: 1, rows: numbers.map { [.integer($0)] }))
    }

    private let runner = GivenAnswers([
        "right": Self.given(1, 2), "turned": Self.given(2, 1), "other": Self.given(1, 3), "fewer": Self.given(1), "none": Self.given(),
        "right ORDER BY 1": Self.given(1, 2),
        "no database": .unusable("no such table"),
    ])

    private func verdict(on response: String, reference: String = "right") async -> Verdict {
        let text = QueryReference(setup: "CREATE TABLE t(a)", query: reference).text
        let problem = Problem(task: "own", canonical: "p", prompt: "p", reference: text, level: 1)
        return await SQLVerifier(runner).verdict(on: response, for: problem)
    }

    @Test("wants the rows of the reference, in order only where that has one")
    func rows() async {
        #expect(await verdict(on: "right") == .correct)
        #expect(await verdict(on: "turned") == .correct)
        #expect(await verdict(on: "So:\n```sql\nturned\n```\nDone.") == .correct)
        for wrong in ["other", "fewer", "none"] { #expect(await verdict(on: wrong) == .wrong("the query returns other rows")) }
        #expect(await verdict(on: "turned", reference: "right ORDER BY 1").reward == 0)
        #expect(await verdict(on: "right", reference: "right ORDER BY 1") == .correct)
        #expect(SQLVerifier(runner).version == "sql/1 Given 1")
    }

    @Test("finds what does not run wrong, and tells why")
    func wrong() async {
        #expect(await verdict(on: "nonsense") == .wrong("the query does not run: no such column"))
        #expect(await verdict(on: " \n") == .wrong("the response has no query"))
        #expect(await verdict(on: String(repeating: "x", count: SQLVerifier.maximumBytes + 1)).reward == 0)
        let bomb = (0..<30).reduce("SELECT a FROM t") { inner, _ in "SELECT a + a + a AS a FROM (\(inner))" }
        #expect(await verdict(on: bomb) == .wrong("the query uses its parts in too many places"))
        #expect(!runner.asked.withLock { $0.contains(bomb) }, "no database is asked for what would never end")
    }

    @Test("knows nothing where the reference does not run, or finds nothing")
    func unscorable() async {
        for reference in ["nonsense", "none", "no database"] {
            #expect(await verdict(on: "right", reference: reference).reward == nil, "\(reference)")
        }
        let problem = Problem(task: "own", canonical: "p", prompt: "p", reference: "{}", level: 1)
        #expect(await SQLVerifier(runner).verdict(on: "right", for: problem).reward == nil)
    }

    @Test("runs a reference once for many responses")
    func references() async {
        let verifier = SQLVerifier(runner)
        let text = QueryReference(setup: "", query: "right").text
        let problem = Problem(task: "own", canonical: "p", prompt: "p", reference: text, level: 1)
        for response in ["turned", "other", "turned"] { _ = await verifier.verdict(on: response, for: problem) }
        #expect(runner.asked.withLock { $0 } == ["right", "turned", "other", "turned"])
    }

    private func file(_ row: String, fields: RowFields = RowFields()) throws -> OwnTaskFile {
        try OwnTaskFile(Array(row.utf8), fields: fields, verifier: .sql)
    }

    @Test("takes query and script from the row, under names of our own or of others")
    func row() throws {
        let rows = [
            #"{"prompt": "p", "setup": "CREATE TABLE t(a)", "query": "q"}"#,
            #"{"prompt": "p", "schema": "CREATE TABLE t(a)", "answer": "q"}"#,
            #"{"prompt": "p", "setup": "CREATE TABLE t(a)", "reward_spec": {"method": "rule", "ground_truth": "q"}, "env_class": "sql"}"#,
        ]
        for row in rows {
            let reference = try #require(try file(row).rows.first?.row.answer)
            #expect(QueryReference(reference) == QueryReference(setup: "CREATE TABLE t(a)", query: "q"))
        }
        let named = #"{"sql_prompt": "p", "sql_context": ["CREATE TABLE t(a);", "INSERT INTO t VALUES (1)"], "sql": "q"}"#
        let fields = RowFields(prompt: "sql_prompt", answer: "sql", setup: "sql_context")
        let reference = try #require(try file(named, fields: fields).rows.first?.row.answer)
        #expect(QueryReference(reference)?.setup == "CREATE TABLE t(a);;\nINSERT INTO t VALUES (1);")
        let task = try JSONLTask(Array(rows[0].utf8), file: "f.jsonl", judge: OwnJudge(queriesBy: runner))
        let problem = task.problems[0].problem
        #expect(task.solution(to: problem) == "q" && task.blank(for: problem) == nil && task.judge.name == OwnVerifier.sql)
        #expect(task.answer(in: "```sql\n SELECT 1 \n```", to: problem.question) == "SELECT 1")
    }

    static let faults: [(row: String, words: [String])] = [
        (#"{"prompt": "p", "setup": "x"}"#, ["'query' is missing", "--answer-field"]),
        (#"{"prompt": "p", "query": "x"}"#, ["'setup' is missing", "--setup-field"]),
        (#"{"prompt": "p", "query": "x", "answer": "y", "setup": "z"}"#, ["'query' and 'answer'"]),
        (#"{"prompt": "p", "query": "x", "setup": "y", "schema": "z"}"#, ["'setup' and 'schema'", "--setup-field"]),
        (#"{"prompt": "p", "query": 3, "setup": "y"}"#, ["'query'", "the number 3", "a query"]),
        (#"{"prompt": "p", "query": " ", "setup": "y"}"#, ["'query' is empty"]),
        (#"{"prompt": "p", "query": "x", "setup": [3]}"#, ["'setup'", "the number 3", "SQL as text"]),
        (#"{"prompt": "p", "query": "x", "setup": {}}"#, ["'setup'", "an object", "SQL as text"]),
    ]

    @Test("refuses a row without what it needs, with the field", arguments: faults.indices)
    func fault(index: Int) throws {
        let (row, words) = Self.faults[index]
        let file = try file(row)
        try #require(file.faults.count == 1, "\(row)")
        for word in words { #expect("\(file.faults[0].fault)".contains(word), "\(file.faults[0].fault)") }
    }
}
