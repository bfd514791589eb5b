import Randomness

@testable import Autodidact
@testable import TaskLibrary

/// What models answer: every family's verifier and reading of answers, the rules of own tasks, and written scores.
///
/// The reference is changed too: a record of it can be damaged, and then nothing is known about the response.
let answerTargets =
    TaskCatalogue.families.map { family in
        FuzzTarget(
            "answer-\(family.card.slug)", words: answerWords,
            corpus: {
                var generator = SeedTree(root: 4)("answers")(named: family.card.slug).generator
                return family.auditItems(count: 30, using: &generator).map { answerInput($0.response, to: $0.problem.reference) }
            },
            run: { input in
                let problem = answerProblem(family.card.slug, input)
                let response = String(decoding: input["response.txt"], as: UTF8.self)
                try await checkVerdict(family.verifier.verdict(on: response, for: problem))
                _ = family.answer(in: response, to: problem.question)
                try await playThrough(family.environment(for: problem), response: response, turns: family.card.maximumTurns)
            })
    }
    + AnswerRule.allCases.map { rule in
        FuzzTarget(
            "answer-rule-\(rule.rawValue)", words: answerWords,
            corpus: {
                [
                    ("The answer is (B).", "B"), ("so x = 3/4", "0.75"), ("\\boxed{-1,234.50}", "-1234.5"), ("B) Paris", "B"),
                    ("**C**", "c"), ("17 + 25 = 42", "42"), ("6e-3 kg.", ".006"), ("é  ü\n", "é ü"), ("answer: option D or E", "D"),
                    (#"so \boxed{\frac{\sqrt{3}}{2}}"#, #"\sin 60^\circ"#), ("#### 1,234", "1234"),
                    (#"\log_2 \binom{4}{2}"#, #"1 + \ln 3/\ln 2"#),
                    (#"Final answer: $x = 1 \pm \sqrt2$"#, #"1+\sqrt2, 1-\sqrt{2}"#), (#"50\%"#, "1/2"), ("y = (x-1)^3", "x^3-3x^2+3x-1"),
                    (#"\[ (-\infty, 3] \cup \{5\} \]"#, #"x \le 3 \text{ or } x = 5"#), (#"3\frac{1}{2} \text{ cm}"#, "35 mm"),
                    (#"\begin{pmatrix} 1 \\ 2x^2 \end{pmatrix}"#, "(1,2x^2)"),
                ].map { answerInput($0, to: $1) }
            },
            run: { input in
                let problem = answerProblem("own", input)
                let response = String(decoding: input["response.txt"], as: UTF8.self)
                try checkVerdict(AnswerVerifier(rule).verdict(on: response, for: problem))
                let (answer, reference) = (rule.answer(in: response), rule.reference(problem.reference))
                for text in [answer, reference].compactMap(\.self) where rule != .exact {
                    try require(rule.reference(text) == text, "'\(text.prefix(80))' reads back as '\(rule.reference(text) ?? "none")'")
                }
            })
    }
    + [
        FuzzTarget(
            "written-score", words: answerWords, corpus: { ["0", "100", " 42\n", "7"].map { FuzzInput("score.txt", $0.utf8) } },
            run: { input in
                guard let score = score(in: input.text) else { return }
                try require((0...1).contains(score), "a written score of \(score)")
            })
    ]

private func answerInput(_ response: String, to reference: String) -> FuzzInput {
    FuzzInput([FuzzFile("response.txt", response.utf8), FuzzFile("reference.txt", reference.utf8)])
}

private func answerProblem(_ task: String, _ input: FuzzInput) -> Problem {
    let reference = String(decoding: input["reference.txt"], as: UTF8.self)
    return Problem(id: "fuzzed", task: task, prompt: "fuzzed\n", reference: reference, level: 1, split: .train)
}

private func checkVerdict(_ verdict: Verdict) throws {
    if let reward = verdict.reward { try require((0...1).contains(reward), "a reward of \(reward)") }
    try require(verdict.feedback.utf8.count <= Refusal.longest, "a feedback of \(verdict.feedback.utf8.count) bytes")
}

/// Takes the lines of a response as actions, at most as many as there are turns.
private func playThrough(_ start: any Environment, response: String, turns: Int) async throws {
    var environment = start
    for line in response.split(separator: "\n", maxSplits: turns, omittingEmptySubsequences: false).prefix(turns) {
        _ = environment.observe()
        if case .outcome(let verdict) = await environment.act(String(line)) { return try checkVerdict(verdict) }
    }
}

private let answerWords = [
    #"\frac{"#, #"\sqrt{"#, #"\sqrt[3]{"#, #"\left("#, #"\right)"#, #"\text{"#, #"\begin{pmatrix}"#, #"\end{pmatrix}"#, #"\\"#, "&",
    #"\pm"#,
    #"\cup"#, #"\infty"#, #"\pi"#, #"\sin "#, #"\log_"#, #"\binom{"#, #"\overline{"#, #"\{"#, #"\}"#, "^{", "_", "!", #"\%"#, #"^\circ"#,
    #"\le "#,
    #"\approx"#, "####", "9999999999", "</think>", #"\"#, "$$", #"\mathbb{R}"#, #"\setminus"#, "cm", "dollars", "{,}",
    "A", "B", "C", "D", "answer", "The answer is ", "option ", "choice ", "is ", "or ", "and ", "\\boxed{", "}", "(", ")", "**", "\n", " ",
    "+", "-", "*",
    "/", "=", "^", "\u{2212}", "3/4", "1,234", "1,23", "e5", "e-3", "$", "€", ".", ",", ":", ";", "|", "x", "up", "down", "left", "right",
    "take", "open",
    "1+2=3", "9*9=81", "3x3;00;01;02;", "0", "I", "a ",
]
