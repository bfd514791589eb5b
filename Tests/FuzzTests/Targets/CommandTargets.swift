import Autodidact

@testable import Sandbox

/// The line that a user's own verifier answers with.
let commandTargets = [
    FuzzTarget(
        "command-answer",
        words: [
            "\"correct\"", "\"score\"", "\"feedback\"", "\"unscorable\"", "\"id\"", "true", "false", "null", "NaN", "Infinity", "1e999",
            "-0", "0.5", "1", "\"fuzzed\"", "\\u0000", "\\ud800",
        ],
        places: ["it ", "its ", "column "],
        corpus: {
            let answers: [[String: JSONNode]] = [
                ["correct": .bool(true)], ["correct": .bool(false), "feedback": .string("é\n\"no\"")], ["score": .number("0.25")],
                ["score": .number("1")], ["correct": .bool(true), "score": .number("0.5"), "id": .string("fuzzed")],
                ["unscorable": .string("no network"), "id": .string("fuzzed")],
            ]
            return answers.map { FuzzInput("answer.json", JSONNode.object($0).text.utf8) }
        },
        run: { input in
            let verdict = try CommandAnswer(input.bytes, id: "fuzzed").verdict
            if let reward = verdict.reward { try require((0...1).contains(reward), "a reward of \(reward)") }
            try require(verdict.feedback.utf8.count < Refusal.longest, "a feedback of \(verdict.feedback.utf8.count) bytes")
            let request = CommandRequest(input.text, to: Problem(task: "", canonical: "", prompt: input.text, reference: "", level: 1))
            try require(request.line.count { $0 == UInt8(ascii: "\n") } == 1, "a request of several lines")
        })
]
