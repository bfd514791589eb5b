import Autodidact
import Randomness

/// A family of one problem whose texts and verdicts a test gives.
struct GivenFamily: ProceduralFamily {
    var oracle = "1 2 3"
    /// The demonstrator's response.
    var demonstration: @Sendable () -> String = { "1 2 3" }
    var judge: @Sendable (_ response: String) -> Verdict

    static let problem = Problem(task: "given", canonical: "given", prompt: "given\n", reference: "", level: 1)

    var card: TaskCard {
        TaskCard(slug: "given", summary: "what a test says", levels: [TaskLevel(1, "one")], defaultLevels: [1], maximumResponseTokens: 9)
    }

    var verifier: any Verifier { GivenVerifier(judge: judge) }

    func problem(level: Int, using generator: inout KeyedGenerator) -> Problem { Self.problem }
    func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String { demonstration() }
    func difficulty(of problem: Problem) -> Double { 1 }
    func oracleResponse(for problem: Problem) -> String { oracle }
    func cheatResponses(for problem: Problem) -> [(name: String, response: String)] { [] }
    func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] { [] }
}

private struct GivenVerifier: Verifier {
    let judge: @Sendable (String) -> Verdict

    var version: String { "given/1" }

    func verdict(on response: String, for problem: Problem) -> Verdict { judge(response) }
}
