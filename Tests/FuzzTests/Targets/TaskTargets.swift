import Autodidact
import Foundation
import Randomness

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
            "\"pattern\"",
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
            return [
                ("number", numbers), ("choice", choices), ("implied", choices), ("exact", chats + shapes), ("math", formulas),
                ("python-tests", programs), ("regex", patterns),
            ].map { rule, lines in
                FuzzInput("rows.\(rule).jsonl", lines.joined(separator: "\n").utf8)
            }
        },
        run: { input in
            let name = input.files[0].name
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
