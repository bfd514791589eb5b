/// Reads probes: whoever has access to logprobs, a workshop, blind or not, supplies them.
public protocol LogprobSource: Sendable {
    /// The logprobs of given tokens under a policy.
    func logprobs(of sequences: [ScoredSequence], under policy: (any Policy)?) async throws -> [Logprobs<FullVocabulary>]

    /// Notes how many things of a kind were left out because they are too long.
    func countTooLong(_ count: Int, as kind: TooLong) async
}

extension Workshop: LogprobSource {}
extension BlindWorkshop: LogprobSource {}

/// What is left out, and counted, where it is longer than the context of the policy that was to read it.
///
/// Only what is put together from texts and turns can be: what a policy sampled fits, and a problem whose prompt does not is an error.
public enum TooLong: String, Sendable, Hashable, CaseIterable {
    /// A question to a judge, or a beginning that is to be continued: it has no answer, and what it asks about no score.
    case feedback
    /// A sequence to learn from, or a group of them that an objective compares: nothing is learned from it.
    case lessons

    /// The figure of a generation that counts them.
    var metric: String { "\(rawValue)/too_long" }
}

extension LogprobSource {
    /// Which of several things a policy can read, each of so many tokens with whatever it is to write; the others are counted.
    ///
    /// `read`, `writtenScore`, `Workshop.values` and `Workshop.train` ask here. Elsewhere what does not fit is no mere omission: a prompt
    /// is refused (`Policy.prompt(for:of:)`), an episode ends (`InteractionState.after`).
    func readable(_ tokens_N: [Int], by policy: any Policy, as kind: TooLong) async -> [Bool] {
        let fits_N = tokens_N.map { $0 <= policy.contextLength }
        let left = fits_N.count { !$0 }
        if left > 0 { await countTooLong(left, as: kind) }
        return fits_N
    }
}
