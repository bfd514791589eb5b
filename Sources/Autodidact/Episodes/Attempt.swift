/// An episode without its verdict: what a recipe learns from that claims to need no verifier.
public struct Attempt: Sendable, Hashable {
    /// What was asked.
    public let question: Question
    /// What was said, in order, unjudged.
    public let turns: [Turn]
    /// The policy's last turn as text.
    public let response: String
    /// Why the last turn ended.
    public let stopReason: StopReason
    /// Where it came from.
    public let origin: EpisodeOrigin

    /// The tokens before the policy's first.
    public var prompt: [TokenID] { turns.prefix { $0.role == .environment }.flatMap(\.tokens) }

    /// The last turn's tokens, as sampled.
    public var completion: [TokenID] { turns.last?.tokens ?? [] }

    /// The tokens the policy wrote.
    public var sampledTokens: Int { turns.reduce(0) { $0 + ($1.role == .policy ? $1.tokens.count : 0) } }
}

extension Episode {
    /// The episode as those see it who must not see the verdict.
    public var attempt: Attempt {
        Attempt(question: problem.question, turns: turns.map { $0.judged(nil) }, response: response, stopReason: stopReason, origin: origin)
    }
}
