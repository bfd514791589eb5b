public import Autodidact

/// Judges countdown responses by replaying them.
///
/// A response is right where it has one step `a+b=c` a line (operators `+ - * /`, no spaces, numbers in ASCII digits without leading
/// zeros), each step uses two numbers that are given or results of earlier steps and not yet used, each result is true and a positive
/// integer, every given number is used exactly once, and the last result is the target. One newline at the very end is allowed; any
/// other character more is wrong, spaces at the ends of lines included. There is no partial credit.
public struct CountdownVerifier: Verifier {
    /// Changes with the rules above.
    public let version = "countdown/1"

    /// The judge of all countdown problems.
    public init() {}

    /// The verdict; unscorable where the problem's reference cannot be read or its own solution does not pass.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let reference = CountdownReference(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read")
        }
        let (numbers, target) = (reference.numbers, reference.target)
        if let fault = CountdownReplay.fault(in: reference.solution, numbers: numbers, target: target) {
            return .unscorable(reason: "the reference of problem \(problem.id) does not solve it: \(fault)")
        }
        return CountdownReplay.fault(in: response, numbers: numbers, target: target).map(Verdict.wrong) ?? .correct
    }
}
