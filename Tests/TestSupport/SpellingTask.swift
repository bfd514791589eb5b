package import Autodidact
package import Randomness

/// A task for doubles that takes several steps: capitals are shown, the small letters are asked for, one a line ("BAD\n" → "b\na\nd").
package struct SpellingTask: ProceduralFamily {
    static let capitals: [Character] = Array("ABCD")
    static let small: [Character] = Array("abcd")
    static let length = 4

    /// The task.
    package init() {}

    package var card: TaskCard {
        TaskCard(
            slug: "spelling", summary: "write the letters in lower case, one a line", levels: [TaskLevel(1, "four letters")],
            defaultLevels: [1], maximumResponseTokens: 2 * Self.length
        )
    }

    package var verifier: any Verifier { SpellingVerifier() }

    package func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        let letters = (0..<Self.length).map { _ in generator.index(below: Self.capitals.count) }
        let prompt = String(letters.map { Self.capitals[$0] }) + "\n"
        let reference = letters.map { String(Self.small[$0]) }.joined(separator: "\n")
        return Problem(task: card.slug, canonical: prompt, prompt: prompt, reference: reference, level: level)
    }

    package func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String { problem.reference }

    package func difficulty(of problem: Problem) -> Double { 1 }

    package func oracleResponse(for problem: Problem) -> String { problem.reference }

    package func cheatResponses(for problem: Problem) -> [(name: String, response: String)] { [("the prompt", problem.prompt)] }

    package func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        (0..<count).map { _ in
            let problem = problem(level: 1, using: &generator)
            return AuditItem(problem: problem, response: problem.reference, kind: .right)
        }
    }
}

private struct SpellingVerifier: Verifier {
    var version: String { "spelling 1" }

    func verdict(on response: String, for problem: Problem) async -> Verdict {
        response == problem.reference ? .correct : .wrong("it is spelt otherwise")
    }
}
