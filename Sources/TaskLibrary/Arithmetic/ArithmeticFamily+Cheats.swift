public import Autodidact

extension ArithmeticFamily {
    /// Responses that get around the work; each is wrong on every problem of every level.
    ///
    /// None where the reference cannot be read.
    public func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        guard let chain = ArithmeticChain(problem.reference) else { return [] }
        return Forgery.cheats(prompt: problem.prompt, answer: chain.answer) + [
            ("step-faking", chain.fakedSteps),
            ("skipped-steps", "\(chain.text)=\(chain.answer)"),
            ("zero-padding", chain.paddedWithZeros),
        ]
    }
}

extension ArithmeticChain {
    /// The right operations in order; only the first result is made up, and the end is right.
    var fakedSteps: String {
        var steps = steps
        steps[0].result += 1
        return ResponseText.response(steps)
    }

    /// The answer plus nothing, as often as there are steps.
    var paddedWithZeros: String {
        ResponseText.response(Array(repeating: WrittenStep(answer, .plus, 0, gives: answer), count: links.count))
    }
}
