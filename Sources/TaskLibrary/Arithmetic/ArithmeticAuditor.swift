public import Autodidact

/// A second judge of arithmetic responses: it reads the chain off the prompt, never the reference.
public struct ArithmeticAuditor: Verifier {
    /// Changes with its rules.
    public let version = "arithmetic-auditor/1"

    /// The auditor of all arithmetic problems.
    public init() {}

    /// Whether the lines are true and, one after the other, undo the chain from the left until one number is left.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        let words = problem.prompt.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[1].contains(where: \.isNumber) else {
            return .unscorable(reason: "the prompt of problem \(problem.id) is no arithmetic")
        }
        var rest = String(words[1])
        for text in response.split(separator: "\n") {
            guard let line = AuditedLine(text), line.isTrue else { return .wrong("'\(text)' is no true step") }
            let next = "\(line.left)\(line.sign)\(line.right)"
            // The number after the sign must end there: 3*25 does not begin with 3*2.
            guard rest.hasPrefix(next), rest.dropFirst(next.count).first?.isNumber != true else { return .wrong("'\(text)' is not next") }
            rest = "\(line.result)" + rest.dropFirst(next.count)
        }
        return Int(rest) == nil ? .wrong("\(rest) is still to be done") : .correct
    }
}
