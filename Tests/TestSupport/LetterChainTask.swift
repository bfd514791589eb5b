package import Autodidact
package import Randomness

/// An environment for doubles: two letters are shown one after the other, each until it was answered in lower case or four turns are over.
///
/// A wrong answer changes nothing but costs a turn, so every mistake can be made good.
package struct LetterChainTask: ProceduralFamily {
    static let turns = 4

    package init() {}

    package var card: TaskCard {
        TaskCard(
            slug: "letter-chain", summary: "answer two letters in lower case, one a turn", levels: [TaskLevel(1, "two letters")],
            defaultLevels: [1], maximumResponseTokens: 2, maximumTurns: Self.turns)
    }

    package var verifier: any Verifier { ChainVerifier() }

    package func environment(for problem: Problem) -> any Environment { ChainEnvironment(problem: problem) }

    package func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        let letters = (0..<2).map { _ in LetterTask.capitals[generator.index(below: LetterTask.capitals.count)] }
        let digits = (0..<3).map { _ in LetterTask.digits[generator.index(below: LetterTask.digits.count)] }
        let prompt = String(digits + [letters[0]])
        return Problem(
            task: card.slug, canonical: prompt + String(letters[1]), prompt: prompt, reference: String(letters).lowercased(), level: level)
    }

    package func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String { problem.reference }
    package func difficulty(of problem: Problem) -> Double { 1 }
    package func oracleResponse(for problem: Problem) -> String { problem.reference }
    package func cheatResponses(for problem: Problem) -> [(name: String, response: String)] { [] }
    package func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] { [] }
}

private struct ChainEnvironment: Environment {
    let problem: Problem
    var right = 0
    var turn = 0

    mutating func observe() -> String { problem.prompt }

    mutating func act(_ response: String) async -> EnvironmentStep {
        turn += 1
        let letters = Array(problem.reference)
        if response == String(letters[right]) { right += 1 }
        if right == letters.count { return .outcome(.correct) }
        if turn == LetterChainTask.turns { return .outcome(.wrong(score: Double(right) / 2, feedback: "\(right) of 2")) }
        return .observation("\(turn)" + String(letters[right]).uppercased())
    }
}

private struct ChainVerifier: Verifier {
    var version: String { "letter-chain 1" }

    func verdict(on response: String, for problem: Problem) async -> Verdict {
        response == problem.reference ? .correct : .wrong("it is not '\(problem.reference)'")
    }
}
