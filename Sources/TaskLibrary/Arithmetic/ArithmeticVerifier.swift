public import Autodidact

/// Judges arithmetic responses step by step and names the first wrong one.
///
/// The chain of the prompt is evaluated strictly from left to right. A response is right where its steps, one `a+b=c` a line, apply the
/// operations of the prompt in order, each to the result of the step before it (in that order of operands), with true results. One
/// newline at the very end is allowed; any other character more is wrong. So exactly one text is right. There is no partial credit.
public struct ArithmeticVerifier: Verifier {
    /// Changes with the rules above.
    public let version = "arithmetic/1"

    /// The judge of all arithmetic problems.
    public init() {}

    /// The verdict; unscorable where the problem's reference cannot be read.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let chain = ArithmeticChain(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read")
        }
        return Self.fault(in: response, chain: chain).map(Verdict.wrong) ?? .correct
    }

    /// What is wrong with the response, in one line; nil where nothing is.
    private static func fault(in response: String, chain: ArithmeticChain) -> String? {
        guard let lines = ResponseText.lines(of: response) else { return ResponseText.tooLong }
        if lines.isEmpty { return ResponseText.empty }
        let expected = chain.steps
        for (index, line) in lines.enumerated() {
            guard index < expected.count else {
                return "line \(index + 1) is one too many: the chain has \(counted(expected.count, "operation"))"
            }
            do {
                let fault = Self.fault(of: try WrittenStep(line: line), number: index + 1, expected: expected[index])
                if let fault { return fault }
            } catch {
                return error.feedback(line: index + 1)
            }
        }
        guard lines.count == expected.count else {
            let next = expected[lines.count]
            return "stops after step \(lines.count) of \(expected.count): \(next.operation.sign)\(next.right) is still to be done"
        }
        return nil
    }

    private static func fault(of step: WrittenStep, number: Int, expected: WrittenStep) -> String? {
        if step.left != expected.left { return "step \(number) must start from \(expected.left), not from \(step.left)" }
        if step.operation != expected.operation || step.right != expected.right {
            let (wanted, found) = (expected, step)
            return "step \(number) must do \(wanted.operation.sign)\(wanted.right), not \(found.operation.sign)\(found.right)"
        }
        return step.resultFault(step: number)
    }
}
