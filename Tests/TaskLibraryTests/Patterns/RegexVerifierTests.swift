import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Verifier regex")
struct RegexVerifierTests {
    private func problem(_ pattern: String) -> Problem { Problem(task: "own", canonical: "p", prompt: "p", reference: pattern, level: 1) }

    @Test("wants all of a response to match, but for outer white space")
    func whole() {
        let verifier = RegexVerifier()
        #expect(verifier.verdict(on: " 555-1234\n", for: problem(#"\d{3}-\d{4}"#)) == .correct)
        let wrong = verifier.verdict(on: "It is 555-1234", for: problem(#"\d{3}-\d{4}"#))
        #expect(!wrong.isCorrect && wrong.reward == 0 && !wrong.feedback.contains("d{3}"))
        #expect(verifier.verdict(on: "a\nb\n#### 42", for: problem(#"(?s).*#### 42"#)).isCorrect)
        #expect(!verifier.verdict(on: "#### 42 or 43", for: problem(#"(?s).*#### 42"#)).isCorrect)
        #expect(verifier.version == "regex/1")
    }

    @Test("knows nothing where the reference is no pattern, and takes no endless response")
    func limits() {
        #expect(RegexVerifier().verdict(on: "a", for: problem("(")).reward == nil)
        let long = String(repeating: "a", count: RegexVerifier.maximumBytes + 1)
        #expect(RegexVerifier().verdict(on: long, for: problem("a*")).reward == 0)
    }

    @Test("takes its pattern from the row, or one for all rows, and a solution beside it")
    func rows() throws {
        let rows = [
            #"{"prompt": "a", "pattern": "\\d+", "solution": "12"}"#, #"{"prompt": "b", "answer": "x|y"}"#,
            #"{"prompt": "c", "reward_model": {"style": "rule", "ground_truth": "z"}, "completion": "z"}"#,
        ]
        let bytes = Array(rows.joined(separator: "\n").utf8)
        let task = try JSONLTask(bytes, file: "f.jsonl", judge: OwnJudge(pattern: nil))
        #expect(task.problems.map(\.problem.reference) == [#"\d+"#, "x|y", "z"])
        #expect(task.problems.map { task.solution(to: $0.problem) } == ["12", nil, "z"])
        #expect(task.problems.map { task.blank(for: $0.problem) } == ["", "", ""])
        #expect(task.answer(in: " 12 ", to: task.problems[0].problem.question) == "12")
        let one = try JSONLTask(Array(#"{"prompt": "a"}"#.utf8), file: "f.jsonl", judge: OwnJudge(pattern: "[a-c]"))
        #expect(one.problems.map(\.problem.reference) == ["[a-c]"] && one.judge.name.description == "regex:[a-c]")
        #expect(throws: OwnTaskFault.self) { try OwnJudge(pattern: "(") }
    }

    static let faults: [(row: String, words: [String])] = [
        (#"{"prompt": "p"}"#, ["'pattern' is missing", "--answer-field"]),
        (#"{"prompt": "p", "pattern": "a(", "answer": "a("}"#, ["'pattern'", "column 2", "not closed"]),
        (#"{"prompt": "p", "pattern": "a", "answer": "b"}"#, ["'pattern' and 'answer'"]),
        (#"{"prompt": "p", "pattern": 3}"#, ["'pattern'", "the number 3", "regular expression"]),
        (#"{"prompt": "p", "pattern": ""}"#, ["'pattern' is empty"]),
        (#"{"prompt": "p", "pattern": "a", "solution": 3}"#, ["'solution'", "a response as text"]),
        (#"{"prompt": "p", "pattern": "a", "solution": " "}"#, ["'solution' is empty"]),
        (#"{"prompt": "p", "pattern": "a", "choices": ["a", "b"]}"#, ["'choices'", "verifier regex"]),
    ]

    @Test("refuses a row whose pattern cannot be used, with field and place", arguments: faults.indices)
    func fault(index: Int) throws {
        let (row, words) = Self.faults[index]
        let file = try OwnTaskFile(Array(row.utf8), fields: RowFields(), verifier: .regex(pattern: nil))
        try #require(file.faults.count == 1, "\(row)")
        let message = "\(file.faults[0].fault)"
        for word in words { #expect(message.contains(word), "\(message)") }
    }

    @Test("equal prompts with other patterns contradict each other")
    func contradiction() throws {
        let rows = ["a", "b"].map { #"{"prompt": "p", "pattern": "\#($0)"}"# }
        let file = try OwnTaskFile(Array(rows.joined(separator: "\n").utf8), fields: RowFields(), verifier: .regex(pattern: nil))
        #expect(file.faults.map(\.fault) == [.contradiction(line: 1, what: "pattern")])
    }
}
