/// Judges whether a response solves a problem.
public protocol Verifier: Sendable {
    /// Named in run records, so that a verdict can be traced to the code that gave it; change it with the rules.
    var version: String { get }

    /// Total: never throws. What could not be judged is `.unscorable`, so a failure cannot become a reward.
    func verdict(on response: String, for problem: Problem) async -> Verdict
}
