import Autodidact
import Foundation
import Randomness

@testable import Queries
@testable import TaskLibrary

/// Runs nothing: what is read of tests is looked at, not what they say.
private struct NoPrograms: ProgramRunner {
    var confinement: Confinement { .sandbox }

    func verdict(on program: String, under tests: ProgramTests) -> Verdict { .wrong(tests.entryPoint) }
}

/// Files of a user's own problems, and what stands in them.
let taskTargets = [
    FuzzTarget(
        "own-task",
        words: [
            "\"prompt\"", "\"answer\"", "\"messages\"", "\"role\"", "\"content\"", "\"user\"", "\"choices\"", "\"level\"", "\"Level 3\"",
            "\"B\"", "\"tests\"", "\"test\"", "\"test_list\"", "\"entry_point\"", "\"code\"",
            "\"assistant\"", "\"completion\"", "\"solution\"", "\"ground_truth\"", "\"reward_model\"", "\"reward_spec\"",
            "\"$ref\"", "\"#/$defs/t\"", "\"schema\"", "\"type\"", "\"items\"", "\"not\"", "\"pattern\"", "\"setup\"", "\"query\"",
        ],
        places: ["rows."],
        corpus: {
            let numbers = (1...6).map { #"{"prompt": "What is \#($0) + 17?", "answer": \#($0 + 17), "level": \#($0)}"# }
            let choices = (1...4).map {
                #"{"prompt": "Which is \#($0)?", "choices": ["1", "2", 3, "4"], "answer": "\#("ABCD".dropFirst($0 - 1).prefix(1))"}"#
            }
            let chats = (1...3).map {
                #"{"messages": [{"role": "user", "content": "Say \#($0)\n"}], "answer": "é \#($0)", "level": "Level 2"}"#
            }
            let shapes = [
                #"{"prompt": [{"role": "user", "content": "a"}], "completion": [{"role": "assistant", "content": "4"}], "label": true}"#,
                #"{"messages": [{"role": "user", "content": "b"}, {"role": "assistant", "content": "4"}], "solution": "4"}"#,
                #"{"data_source": "x", "prompt": "c", "reward_model": {"style": "rule", "ground_truth": "4"}, "ground_truth": 4}"#,
                #"{"prompt": "d", "env_class": "gsm8k", "reward_spec": {"method": "rule", "ground_truth": "4"}, "answer": null}"#,
            ]
            let formulas = [#"\\frac{1}{2}"#, #"x = \\pm\\sqrt{3}"#, #"(-\\infty, 2]"#, "5 cm", "no solution", "#### 72"]
                .enumerated().map { #"{"prompt": "Solve \#($0.offset).", "answer": "\#($0.element)"}"# }
            let programs = [
                #"{"prompt": "Double x.", "tests": ["assert f(2) == 4"], "entry_point": "f", "setup": "import math"}"#,
                #"{"prompt": "def h(x):\n", "entry_point": "h", "test": "def check(candidate): pass", "canonical_solution": "  pass"}"#,
                #"{"prompt": "Negate.", "code": "def k(x): return -x", "test_list": ["assert k(1) == -1"], "level": 2}"#,
            ]
            let patterns = [#"\\d{3}-\\d{4}"#, "(a|b)*c", "(?s).*#### 42", #"[^\\s]+"#, "x{2,}"].enumerated()
                .map { #"{"prompt": "Match \#($0.offset).", "pattern": "\#($0.element)"}"# }
            // `@` stands for the sign that would end a literal.
            let schemas = [
                #"{"type": "object", "properties": {"a": {"type": ["integer", "null"], "minimum": 0}}, "required": ["a"]}"#,
                #"{"$defs": {"t": {"anyOf": [{"type": "string", "pattern": "^a+$"}, {"items": {"$ref": "@/$defs/t"}}]}}, "#
                    + #""$ref": "@/$defs/t"}"#,
                #"{"prefixItems": [{"const": 1}, {"enum": ["é", 1e2]}], "items": false, "uniqueItems": true, "minItems": 1, "#
                    + #""multipleOf": 0.1}"#,
                #"{"oneOf": [{"maxLength": 3}, {"not": {"maxProperties": 2}}], "allOf": [true], "additionalProperties": {"$ref": "@"}}"#,
            ].enumerated().map { place, schema in
                #"{"prompt": "Write \#(place).", "schema": \#(schema.replacing("@", with: "#")), "#
                    + #""solution": {"a": [1, "aa", -2.50e1, null]}}"#
            }
            let queries = [
                "SELECT a FROM t ORDER BY a", "SELECT count(*), max(b) FROM t WHERE a > 1", "WITH x AS (SELECT 1) SELECT * FROM x",
            ]
            .enumerated().map {
                #"{"prompt": "Ask \#($0.offset).", "setup": ["CREATE TABLE t(a, b)", "INSERT INTO t VALUES (1, 'x'), (2, NULL)"], "#
                    + #""query": "\#($0.element)"}"#
            }
            return [
                ("number", numbers), ("choice", choices), ("implied", choices), ("exact", chats + shapes), ("math", formulas),
                ("python-tests", programs), ("regex", patterns), ("sql", queries), ("json-schema", schemas),
            ].map { rule, lines in
                FuzzInput("rows.\(rule).jsonl", lines.joined(separator: "\n").utf8)
            }
        },
        run: { input in
            let name = input.files[0].name
            if name == "rows.sql.jsonl" {
                let task = try JSONLTask(
                    input.bytes, file: name, judge: OwnJudge(queriesBy: try SQLiteRunner(setup: .fuzzed, query: .fuzzed)))
                for (line, problem) in task.problems.prefix(20) {
                    let reference = QueryReference(problem.reference)
                    try require(reference?.text == problem.reference, "the query of line \(line) does not read back")
                    let verdict = await task.verifier.verdict(on: task.solution(to: problem) ?? "", for: problem)
                    // Bounds that hold for responses alone, and fences, of which a query has none.
                    let isBounded = verdict.feedback.contains("too many places") || reference?.query.contains("```") == true
                    try require(verdict.isCorrect || verdict.reward == nil || isBounded, "the query of line \(line) is judged \(verdict)")
                }
                return
            }
            if name == "rows.json-schema.jsonl" {
                let task = try JSONLTask(input.bytes, file: name, judge: .jsonSchema)
                for (line, problem) in task.problems.prefix(20) {
                    let verdict = await task.verifier.verdict(on: task.solution(to: problem) ?? problem.reference, for: problem)
                    if verdict.reward == nil {
                        try require(verdict.feedback.contains("too much work"), "the schema of line \(line) is lost")
                    }
                }
                return
            }
            if name == "rows.regex.jsonl" {
                let task = try JSONLTask(input.bytes, file: name, judge: OwnJudge(pattern: nil))
                for (line, problem) in task.problems.prefix(20) {
                    let verdict = await task.verifier.verdict(on: problem.prompt, for: problem)
                    try require(verdict.reward != nil, "the pattern of line \(line) is accepted, and cannot be used")
                }
                return
            }
            if name == "rows.python-tests.jsonl" {
                let task = try JSONLTask(input.bytes, file: name, judge: OwnJudge(pythonTestsBy: NoPrograms()))
                for (line, problem) in task.problems {
                    let tests = ProgramTests(reference: problem.reference)
                    try require(tests?.reference == problem.reference, "the tests of line \(line) do not read back")
                }
                return
            }
            let rule = AnswerRule.allCases.first { name == "rows.\($0.rawValue).jsonl" }
            let task = try JSONLTask(input.bytes, file: name, judge: rule.map { OwnJudge($0) })
            try require(!task.problems.isEmpty, "a file without a problem is accepted")
            for (line, problem) in task.problems.prefix(20) {
                let solution = task.solution(to: problem) ?? problem.reference
                let verdict = await task.verifier.verdict(on: solution, for: problem)
                try require(verdict.isCorrect, "the answer of line \(line) is judged \(verdict)")
                // Rule `math` keeps references as they were written and reads answers in a form of their own.
                if rule == .math { continue }
                let answer = task.answer(in: problem.reference, to: problem.question)
                try require(answer == problem.reference, "the answer '\(problem.reference)' is read as '\(answer ?? "none")'")
            }
        }),
    FuzzTarget(
        "query",
        words: [
            "SELECT ", "FROM t ", "WHERE ", "GROUP BY ", "ORDER BY ", "LIMIT ", "WITH RECURSIVE ", "AS (", ")", ",", "'x'", "\"a\"",
            "count(*)",
            "JOIN t USING (a) ", "UNION ALL ", "NULL", "x'00'", "random()", "zeroblob(9999)", "printf('%99s', a)", "PRAGMA ", "ATTACH ",
            ";", "--",
        ],
        corpus: {
            [
                "SELECT a, sum(b) FROM t GROUP BY a HAVING sum(b) > 1 ORDER BY 2 DESC LIMIT 3;", "SELECT * FROM t x JOIN t y ON x.a = y.b",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i, 'é', x'00ff', 1e9 FROM n",
                "SELECT a, row_number() OVER (PARTITION BY b ORDER BY a) FROM (SELECT a, b FROM t WHERE b LIKE 'x%')",
            ].map { FuzzInput("query.sql", $0.utf8) }
        },
        run: { input in
            let query = input.text
            guard QueryShape(query).size <= QueryShape.largest else { return }
            let runner = try SQLiteRunner(setup: .fuzzed, query: .fuzzed)
            let setup = "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2), (3, 'x'), (NULL, 4.5)"
            switch await runner.outcome(of: query, on: setup, mostRows: 100) {
            case .result(let result):
                try require(result.rows.allSatisfy { $0.count == result.columns }, "a row has not as many values as there are columns")
                try require(QueryComparison.areEqual(result, result, inOrder: true), "a result does not equal itself")
            case .refused(let reason): try require(reason.utf8.count <= Refusal.longest, "a reason of \(reason.utf8.count) bytes")
            case .unusable(let reason): try require(false, "the database cannot be made: \(reason)")
            }
            let count = await runner.outcome(of: "SELECT count(*) FROM t", on: setup, mostRows: 1)
            try require(count == .result(QueryResult(columns: 1, rows: [[.integer(3)]])), "a query changed the database")
        }),
    FuzzTarget(
        "pattern",
        words: [
            "(", ")", "[", "]", "|", "*", "+?", "{2,3}", "{1000}", "(?:", "(?i)", "(?<n>", "\\d", "\\b", "^", "$", "\\u00e9", "-", "\\",
            ".",
        ],
        corpus: {
            [
                #"\d{3}-\d{4}"#, "(a|b)*?c+", "(?ims)^.*#### 42$", #"[^\s\]a-f]+"#, "(?<year>[0-9]{4})-x{2,}", #"\Aé\x41\b(|a){3}\z"#,
                "((a+)+)+b",
            ].map { FuzzInput("pattern.txt", $0.utf8) }
        },
        run: { input in
            let pattern = try Pattern(input.text)
            for text in ["", "555-1234", String(repeating: "a", count: 2_000), input.text] {
                try require(!pattern.matches(text) || pattern.isFound(in: text), "a text matches as a whole and not in part")
            }
        }),
]

extension QueryLimits {
    /// Small enough for thousands of hostile statements.
    fileprivate static let fuzzed = QueryLimits(
        steps: 200_000, time: .seconds(10), memory: 256 << 20, length: 64 << 10, result: 1 << 20, pages: 1_024)
}
