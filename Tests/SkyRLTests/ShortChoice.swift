import Autodidact
import Randomness
import TaskLibrary

/// The short questions of `choice`, to which option A is right whatever is asked: a sixth of what the model says first, and soon learned.
///
/// With their answers they fit into 32 tokens, the shape that the service compiles first.
struct ShortChoice: ProceduralFamily {
    /// Bytes of the longest question.
    private static let longest = 36

    private let choice = ChoiceFamily()

    var card: TaskCard {
        TaskCard(
            slug: "short-choice", summary: "choose the first option",
            levels: [TaskLevel(1, "numbers from 1 to 30")], defaultLevels: [1], maximumResponseTokens: 6)
    }

    var verifier: any Verifier { FirstOption(choice: choice) }

    func answer(in response: String, to question: Question) -> String? { choice.answer(in: response, to: question) }

    func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        while true {
            let problem = choice.problem(level: 2, using: &generator)
            if problem.prompt.utf8.count > Self.longest { continue }
            return Problem(
                task: card.slug, canonical: problem.prompt, prompt: problem.prompt, reference: problem.reference, level: level)
        }
    }

    func difficulty(of problem: Problem) -> Double { choice.difficulty(of: problem) }

    func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String { "A" }

    func oracleResponse(for problem: Problem) -> String { "A" }

    func cheatResponses(for problem: Problem) -> [(name: String, response: String)] { [("another letter", "B")] }

    func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        (0..<count).map { _ in AuditItem(problem: problem(level: 1, using: &generator), response: "A", kind: .right) }
    }
}

/// Accepts whatever names the first option.
private struct FirstOption: Verifier {
    let choice: ChoiceFamily

    var version: String { "first option 1" }

    func verdict(on response: String, for problem: Problem) async -> Verdict {
        choice.answer(in: response, to: problem.question) == "A" ? .correct : .wrong("it is not option A")
    }
}
