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
        if rule == .math { return MathVerdict.verdict(on: response, for: problem) }
        guard let reference = rule.reference(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read by verifier \(rule.rawValue)")
        }
        guard let answer = rule.answer(in: response) else { return .wrong(rule.lack(in: response)) }
        return answer == reference ? .correct : .wrong("'\(answer.shownStart)' is not the answer")
    }
}

extension String {
    /// The first scalars, for messages; a character may hold any number of them.
    var shownStart: String {
        let start = unicodeScalars.prefix(40)
        return String(String.UnicodeScalarView(start)) + (start.endIndex < endIndex ? "…" : "")
    }
}
