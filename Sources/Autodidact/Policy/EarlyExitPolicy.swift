/// A policy whose inner layers can be asked, each through the final norm and head (the logit lens).
///
/// An early exit is a policy like any other: it samples, scores and is judged. Law: the exit after the last layer answers as the policy
/// itself does.
public protocol EarlyExitPolicy: Policy {
    /// How many blocks it has.
    var layers: Int { get }

    /// The policy that answers after so many of its blocks, as it is now, from 1 to `layers`.
    func exit(afterLayer layer: Int) async throws -> any Policy
}
