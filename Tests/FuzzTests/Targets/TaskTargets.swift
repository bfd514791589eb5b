import Autodidact
import Foundation
import Randomness

@testable import TaskLibrary

/// Files of a user's own problems.
let taskTargets = [
    FuzzTarget(
        "own-task",
        words: [
            "\"prompt\"", "\"answer\"", "\"messages\"", "\"role\"", "\"content\"", "\"user\"", "\"choices\"", "\"level\"", "\"Level 3\"",
            "\"B\"",
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
            return [("number", numbers), ("choice", choices), ("implied", choices), ("exact", chats)].map { rule, lines in
                FuzzInput("rows.\(rule).jsonl", lines.joined(separator: "\n").utf8)
            }
        },
        run: { input in
            let name = input.files[0].name
            let rule = AnswerRule.allCases.first { name == "rows.\($0.rawValue).jsonl" }
            let task = try JSONLTask(input.bytes, file: name, judge: rule.map { OwnJudge($0) })
            try require(!task.problems.isEmpty, "a file without a problem is accepted")
            for (line, problem) in task.problems.prefix(20) {
                let verdict = await task.verifier.verdict(on: problem.reference, for: problem)
                try require(verdict.isCorrect, "the answer of line \(line) is judged \(verdict)")
                let answer = task.answer(in: problem.reference, to: problem.question)
                try require(answer == problem.reference, "the answer '\(problem.reference)' is read as '\(answer ?? "none")'")
            }
        })
]
