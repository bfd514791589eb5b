/// Judges whether a response solves a problem.
public protocol Verifier: Sendable {
    /// Named in run records, so that a verdict can be traced to the code that gave it; change it with the rules.
    var version: String { get }

    /// Total: never throws. What could not be judged is `.unscorable`, so a failure cannot become a reward.
    func verdict(on response: String, for problem: Problem) async -> Verdict

    /// Whether it still judges as its version says; asked after each batch of verdicts and before anything is committed that rests on them.
    ///
    /// One that can change while it judges gives no reward from then on, and says so here.
    /// - Throws: `VerifierError`, which ends the work.
    func confirm() throws(VerifierError)
}

extension Verifier {
    /// Code of this program does not change while it runs.
    public func confirm() throws(VerifierError) {}
}
