import Autodidact
import Foundation
import Testing

@testable import TaskLibrary

@Suite("What judges an own task")
struct OwnVerifierTests {
    static let texts: [(text: String, verifier: OwnVerifier?)] = [
        ("exact", .rule(.exact)), ("choice", .rule(.choice)), ("number", .rule(.number)), ("math", .rule(.math)),
        ("python-tests", .pythonTests), ("sql", .sql), ("json-schema", .jsonSchema), ("regex", .regex(pattern: nil)),
        (#"regex:\d+/\d+"#, .regex(pattern: #"\d+/\d+"#)),
        ("regex:", nil),
        ("./check.py", .command(path: "./check.py")), ("/opt/a b/check", .command(path: "/opt/a b/check")), ("exact/", nil),
        ("python_tests", nil), ("check.py", nil), ("", nil), ("/", nil), ("a/\u{0}", nil), ("Exact", nil),
    ]

    @Test("has one text form, which reads back as itself", arguments: texts.indices)
    func text(index: Int) {
        let (text, verifier) = Self.texts[index]
        #expect(OwnVerifier(text) == verifier)
        #expect(verifier.map { $0.description == text } ?? true)
    }

    @Test("a message that asks for one lists all of them")
    func list() {
        #expect(OwnVerifier.names == ["exact", "choice", "number", "math", "regex", "json-schema", "python-tests", "sql"])
        for name in OwnVerifier.names + ["executable"] { #expect("\(OwnTaskFault.noRule)".contains(name)) }
    }

    private func task(_ rows: [String], _ judge: OwnJudge) throws -> JSONLTask {
        try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "programs.jsonl", judge: judge)
    }

    @Test("tests of a row are the problem's reference, in our own form and in those of HumanEval and MBPP")
    func programs() async throws {
        let rows = [
            #"{"prompt": "Double x.", "tests": "assert f(2) == 4", "entry_point": "f", "setup": "import math", "#
                + #""solution": "def f(x): return 2*x"}"#,
            #"{"prompt": "Add.", "tests": ["assert g(1, 2) == 3", "assert g(0, 0) == 0"], "entry_point": "g", "level": 2}"#,
            #"{"prompt": "def h(x):\n", "entry_point": "h", "test": "def check(candidate): pass", "canonical_solution": "    return x"}"#,
            #"{"prompt": "Negate.", "code": "def k(x): return -x", "test_list": ["assert k(1) == -1"]}"#,
        ]
        let task = try task(rows, OwnJudge(pythonTestsBy: NoRunner()))
        let tests = task.problems.map { ProgramTests(reference: $0.problem.reference) }
        #expect(
            tests == [
                ProgramTests(entryPoint: "f", setup: "import math", tests: "assert f(2) == 4"),
                ProgramTests(entryPoint: "g", tests: "assert g(1, 2) == 3\nassert g(0, 0) == 0"),
                ProgramTests(entryPoint: "h", prelude: "def h(x):\n", setup: "def h(x):\n", tests: "def check(candidate): pass"),
                ProgramTests(entryPoint: "k", tests: "assert k(1) == -1"),
            ])
        let solutions = task.problems.map { task.solution(to: $0.problem) }
        #expect(solutions == ["def f(x): return 2*x", nil, "    return x", "def k(x): return -x"])
        #expect(task.card.levels.map(\.number) == [1, 2] && task.verifier.version == "python-tests/1")
        let problem = task.problems[0].problem
        #expect(await task.verifier.verdict(on: "```\nx\n```", for: problem) == .wrong("f: x"))
        #expect(task.answer(in: "Here:\n```python\n x \n```", to: problem.question) == "x")
        #expect(task.card.summary.contains("python-tests"))
    }

    static let faults: [(row: String, words: [String])] = [
        (#"{"prompt": "p", "answer": "1"}"#, ["'tests' is missing", "assert f(2) == 4", "answer, prompt"]),
        (#"{"prompt": "p", "tests": "assert f(1)"}"#, ["'entry_point' is missing", "name of the function"]),
        (#"{"prompt": "p", "tests": "assert f(1)", "entry_point": "f(x)"}"#, ["'entry_point'", "'f(x)'", "name of the function"]),
        (#"{"prompt": "p", "tests": 3, "entry_point": "f"}"#, ["'tests'", "the number 3", "Python as text"]),
        (#"{"prompt": "p", "tests": [3], "entry_point": "f"}"#, ["'tests'", "the number 3", "list of texts"]),
        (#"{"prompt": "p", "tests": " ", "entry_point": "f"}"#, ["'tests' is empty"]),
        (#"{"prompt": "p", "tests": [], "entry_point": "f"}"#, ["'tests' is empty"]),
        (#"{"prompt": "p", "test": ["x"], "entry_point": "f"}"#, ["'test'", "a list", "Python as text"]),
        (#"{"prompt": "p", "test_list": "x"}"#, ["'test_list'", "the text 'x'"]),
        (#"{"prompt": "p", "test_list": ["assert 1"]}"#, ["'entry_point' is missing"]),
        (#"{"tests": "assert f(1)", "entry_point": "f"}"#, ["'prompt' is missing", "--prompt-field"]),
        (#"{"prompt": "p", "choices": ["a", "b"], "tests": "x", "entry_point": "f"}"#, ["'choices'", "python-tests"]),
    ]

    @Test("a row whose tests cannot be used is named with the field and what can be done", arguments: faults.indices)
    func fault(index: Int) throws {
        let (row, words) = Self.faults[index]
        let file = try OwnTaskFile(Array(row.utf8), fields: RowFields(), verifier: .pythonTests)
        try #require(file.faults.count == 1, "\(row)")
        let message = "\(OwnTaskError(file: "my.jsonl", line: file.faults[0].line, fault: file.faults[0].fault))"
        #expect(message.hasPrefix("my.jsonl:1: ") && !message.contains("\n"))
        for word in words { #expect(message.contains(word), "\(message)") }
    }

    @Test("equal prompts with other tests contradict each other")
    func contradiction() throws {
        let rows = ["1", "2"].map { #"{"prompt": "p", "tests": "assert f() == \#($0)", "entry_point": "f"}"# }
        let file = try OwnTaskFile(Array(rows.joined(separator: "\n").utf8), fields: RowFields(), verifier: .pythonTests)
        #expect(file.faults.map(\.fault) == [.contradiction(line: 1, what: "set of tests")])
    }

    @Test("an executable gets any answer as it was written, lists and objects as JSON, or none")
    func command() throws {
        let rows = [
            #"{"prompt": "a", "answer": " So. "}"#, #"{"prompt": "b", "answer": 1.50}"#, #"{"prompt": "c", "answer": {"x": [1]}}"#,
            #"{"prompt": "d"}"#,
        ]
        let judge = OwnJudge(commandAt: "/opt/check", AnswerVerifier(.exact))
        let task = try task(rows, judge)
        #expect(task.problems.map(\.problem.reference) == [" So. ", "1.50", #"{"x":[1]}"#, ""])
        #expect(task.problems.allSatisfy { task.solution(to: $0.problem) == nil } && task.judge.name == .command(path: "/opt/check"))
        #expect(task.answer(in: " yes \n", to: task.problems[0].problem.question) == "yes")
        let named = #expect(throws: OwnTaskError.self) {
            try JSONLTask(Array(rows[3].utf8), file: "f", fields: RowFields(answer: "gold"), judge: judge)
        }
        #expect(named.map { "\($0)".contains("'gold' is missing") } == true)
    }
}
