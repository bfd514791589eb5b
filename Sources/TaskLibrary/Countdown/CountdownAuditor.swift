public import Autodidact

/// A second judge of countdown responses: it reads the numbers and the target off the prompt, never the reference.
public struct CountdownAuditor: Verifier {
    /// Changes with its rules.
    public let version = "countdown-auditor/1"

    /// The auditor of all countdown problems.
    public init() {}

    /// Whether every line is true and uses numbers that are there, until the target alone is left.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        let words = problem.prompt.split(whereSeparator: \.isWhitespace)
        let given = words.compactMap { Int($0) }
        guard given.count > 2, words.dropLast().last == "->", let target = given.last else {
            return .unscorable(reason: "the prompt of problem \(problem.id) is no countdown")
        }
        var numbers = Array(given.dropLast())
        for text in response.split(separator: "\n") {
            guard let line = AuditedLine(text), line.isTrue, line.result > 0 else { return .wrong("'\(text)' is no true step") }
            for number in [line.left, line.right] {
                guard let place = numbers.firstIndex(of: number) else { return .wrong("\(number) is not there") }
                numbers.remove(at: place)
            }
            numbers.append(line.result)
        }
        return numbers == [target] ? .correct : .wrong("the target is not all that is left")
    }
}
