import Autodidact
import Randomness
import TaskLibrary

/// The short questions of `choice`: with their answers they fit into 32 tokens, the shape that the service compiles first.
struct ShortChoice: ProceduralFamily {
    private let choice = ChoiceFamily()

    var card: TaskCard {
        TaskCard(
            slug: "short-choice", summary: "choose a result or an extreme",
            levels: [TaskLevel(1, "numbers from 1 to 9")], defaultLevels: [1], maximumResponseTokens: 6)
    }

    var verifier: any Verifier { choice.verifier }

    func answer(in response: String, to question: Question) -> String? { choice.answer(in: response, to: question) }

    func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        while true {
            let problem = choice.problem(level: 1, using: &generator)
            if problem.prompt.hasPrefix("choice sort") { continue }
            return Problem(
                task: card.slug, canonical: problem.prompt, prompt: problem.prompt, reference: problem.reference, level: level)
        }
    }

    func difficulty(of problem: Problem) -> Double { choice.difficulty(of: problem) }

    func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        choice.demonstration(for: problem, using: &generator)
    }

    func oracleResponse(for problem: Problem) -> String { choice.oracleResponse(for: problem) }

    func cheatResponses(for problem: Problem) -> [(name: String, response: String)] { choice.cheatResponses(for: problem) }

    func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        choice.auditItems(count: count, using: &generator)
    }
}
