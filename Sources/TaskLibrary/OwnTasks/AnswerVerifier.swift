public import Autodidact

/// Judges the responses to an own task by one rule; the feedback never tells the answer.
public struct AnswerVerifier: Verifier {
    /// How response and answer are compared.
    public let rule: AnswerRule

    /// The judge that goes by a rule.
    public init(_ rule: AnswerRule) {
        self.rule = rule
    }

    /// The rule's version.
    public var version: String { rule.version }

    /// The verdict; unscorable where the problem's reference is no answer under the rule.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let reference = rule.reference(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read by verifier \(rule.rawValue)")
        }
        guard let answer = rule.answer(in: response) else { return .wrong(rule.lack(in: response)) }
        // Of scalars, not of characters: one character may hold any number of them.
        let start = answer.unicodeScalars.prefix(40)
        let shown = String(String.UnicodeScalarView(start)) + (start.endIndex < answer.endIndex ? "…" : "")
        return answer == reference ? .correct : .wrong("'\(shown)' is not the answer")
    }
}
