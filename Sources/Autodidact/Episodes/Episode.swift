/// Who wrote a turn.
public enum Role: String, Sendable, Hashable, Codable {
    /// The task or the environment.
    case environment
    /// The policy.
    case policy
}

/// One turn of an episode, token-exact: what was sampled is what is trained on.
public struct Turn: Sendable, Hashable, Codable {
    /// Who wrote it.
    public let role: Role
    /// Its tokens.
    public let tokens: [TokenID]
    /// [T], nats, for a policy's turn: under the policy that sampled it, its own distribution.
    public let logprobs: Logprobs<FullVocabulary>?
    /// Whether it may be trained on.
    public let isTrainable: Bool
    /// What the environment thought of a policy's turn before the last, where it judged it: an earlier attempt, for example.
    public let verdict: Verdict?

    /// A turn of the environment.
    public static func environment(_ tokens: [TokenID]) -> Turn {
        Turn(role: .environment, tokens: tokens, logprobs: nil, isTrainable: false)
    }

    /// A turn of the policy, as sampled.
    public static func policy(_ completion: Completion, verdict: Verdict? = nil) -> Turn {
        Turn(role: .policy, tokens: completion.tokens, logprobs: completion.logprobs, isTrainable: true, verdict: verdict)
    }

    /// A turn of the policy that it did not write: a text with the end of the turn, which has no logprobs.
    ///
    /// - Throws: What the policy throws when it encodes the text.
    public static func written(_ text: String, as policy: any Policy, isTrainable: Bool) throws -> Turn {
        Turn(role: .policy, tokens: try policy.turn(saying: text), logprobs: nil, isTrainable: isTrainable)
    }

    /// A turn as it was recorded.
    package init(role: Role, tokens: [TokenID], logprobs: Logprobs<FullVocabulary>?, isTrainable: Bool, verdict: Verdict? = nil) {
        self.role = role
        self.tokens = tokens
        self.logprobs = logprobs
        self.isTrainable = isTrainable
        self.verdict = verdict
    }

    /// The same turn with what was thought of it; nil for those who must not know.
    package func judged(_ verdict: Verdict?) -> Turn {
        Turn(role: role, tokens: tokens, logprobs: logprobs, isTrainable: isTrainable, verdict: verdict)
    }
}

/// Where an episode came from, exactly enough to make it again.
public struct EpisodeOrigin: Sendable, Hashable, Codable {
    /// SHA-256 of the weights that sampled it, or that were trained for `step` steps before it was sampled.
    public let weightsHash: String
    /// Optimiser steps taken since those weights; 0 where they sampled it themselves.
    public let step: Int
    /// The random stream it was drawn from.
    public let key: UInt64
    /// Its number among the samples of its problem.
    public let member: Int

    /// An origin.
    public init(weightsHash: String, step: Int = 0, key: UInt64, member: Int) {
        self.weightsHash = weightsHash
        self.step = step
        self.key = key
        self.member = member
    }
}

/// A finished attempt at a problem.
public struct Episode: Sendable, Hashable, Codable {
    /// The problem attempted.
    public let problem: Problem
    /// What was said, in order.
    public let turns: [Turn]
    /// The policy's last turn as text.
    public let response: String
    /// Why the last turn ended.
    public let stopReason: StopReason
    /// What the verifier said.
    public let verdict: Verdict
    /// Where it came from.
    public let origin: EpisodeOrigin

    /// A finished episode.
    public init(
        problem: Problem, turns: [Turn], response: String, stopReason: StopReason, verdict: Verdict, origin: EpisodeOrigin
    ) {
        self.problem = problem
        self.turns = turns
        self.response = response
        self.stopReason = stopReason
        self.verdict = verdict
        self.origin = origin
    }

    /// The tokens the policy wrote.
    public var sampledTokens: Int { turns.reduce(0) { $0 + ($1.role == .policy ? $1.tokens.count : 0) } }

    /// The policy's turns, in order.
    public var policyTurns: [Turn] { turns.filter { $0.role == .policy } }

    /// Whether the policy really made two attempts, both judged: an episode may end before, where its context is full.
    public var hasTwoAttempts: Bool { policyTurns.count == 2 && attempts.count == 2 && attempts.allSatisfy { $0.reward != nil } }

    /// The verdicts on all turns that were judged, in order; the last is that on the episode.
    public var attempts: [Verdict] { turns.compactMap(\.verdict) + [verdict] }
}
