import Autodidact

/// The verdict of rule `math`.
enum MathVerdict {
    /// Correct where the response's final answer is proven to be the reference, and is not just the question's own words for it.
    static func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let reference = MathAnswer(reference: problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) is empty")
        }
        guard let answer = MathResponse.answer(in: response) else { return .wrong(AnswerRule.math.lack(in: response)) }
        let shown = answer.text.shownStart
        do {
            guard try answer.agrees(with: reference, listsAreOrdered: MathPrompt.asksForOrder(problem.prompt)) else {
                return .wrong(answer.isReadable ? "'\(shown)' is not the answer" : "'\(shown)' cannot be read as an answer")
            }
        } catch {
            return .unscorable(reason: "comparing '\(shown)' with the reference of problem \(problem.id) takes too much work")
        }
        if MathPrompt.states(answer, insteadOf: reference, in: problem.prompt) {
            return .wrong("'\(shown)' only repeats the question")
        }
        return .correct
    }
}
