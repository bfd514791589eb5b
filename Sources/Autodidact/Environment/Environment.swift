/// What an environment answers to an action.
public enum EnvironmentStep: Sendable, Hashable {
    /// The episode goes on; the text is shown to the policy, the verdict on the turn just taken (if it is judged) is not.
    case observation(String, verdict: Verdict? = nil)
    /// The episode is over.
    case outcome(Verdict)
}

/// A problem as an interaction: made for one problem, used for one episode.
///
/// A value: a copy is a snapshot of the interaction, and acting on the copy leaves the original where it was. Laws: equal responses
/// from equal states give equal answers; after an outcome it is not asked again; it ends by itself.
public protocol Environment: Sendable {
    /// What the policy sees first.
    mutating func observe() -> String

    /// Takes the policy's text and answers it.
    mutating func act(_ response: String) async -> EnvironmentStep
}
