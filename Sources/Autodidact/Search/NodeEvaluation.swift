/// A completion from a node to an end, made to judge the node; it is no node of the tree, but it is a finished answer.
public struct FinishedRollout<State: Sendable>: Sendable {
    /// The terminal state.
    public let state: State
    /// What the outcome critic, or the verifier, said of it.
    public let outcome: Double
    /// Tokens sampled from the node on.
    public let tokens: Int

    /// A finished rollout.
    public init(state: State, outcome: Double, tokens: Int) {
        self.state = state
        self.outcome = outcome
        self.tokens = tokens
    }
}

/// What the critics say of a node.
public struct NodeEvaluation<State: Sendable>: Sendable {
    /// v(s): the value critic's word on the state.
    public let value: Double?
    /// The step critic's word on the step that led here.
    public let reward: Double?
    /// The outcome critic's word on a terminal state; nil elsewhere.
    public let outcome: Double?
    /// Fast rollouts from a state that is not terminal.
    public let rollouts: [FinishedRollout<State>]
    /// Tokens that critics read.
    public let tokensScored: Int
    /// Tokens of further rollouts, which no critic could read.
    public let tokensUnread: Int
    /// Whether a critic whose word counts could not read what it was shown: the node then has no score, and gets no children.
    public let isUnread: Bool

    /// An evaluation; what no critic was asked for stays out.
    public init(
        value: Double? = nil, reward: Double? = nil, outcome: Double? = nil, rollouts: [FinishedRollout<State>] = [],
        tokensScored: Int = 0, tokensUnread: Int = 0, isUnread: Bool = false
    ) {
        self.value = value
        self.reward = reward
        self.outcome = outcome
        self.rollouts = rollouts
        self.tokensScored = tokensScored
        self.tokensUnread = tokensUnread
        self.isUnread = isUnread
    }

    /// The outcome of a terminal state, else the mean outcome of the rollouts; nil where there is neither.
    public var meanOutcome: Double? {
        if let outcome { return outcome }
        return rollouts.isEmpty ? nil : rollouts.reduce(0) { $0 + $1.outcome } / Double(rollouts.count)
    }
}

/// How three critics make one score: w_v v + w_r (mean outcome) + w_p (step reward) (AlphaLLM, arXiv:2404.12253).
public struct CriticWeights: Sendable, Hashable, Codable {
    /// w_v, of the value critic.
    public let value: Double
    /// w_r, of the outcomes of rollouts, or of a terminal's own.
    public let outcome: Double
    /// w_p, of the step reward.
    public let reward: Double

    /// The weights of the released code unless told otherwise.
    public init(value: Double = 1, outcome: Double = 1, reward: Double = 0) {
        self.value = value
        self.outcome = outcome
        self.reward = reward
    }

    /// The score of an evaluation; what has weight 0 is not asked for.
    ///
    /// - Throws: `SearchError.missingCritic` where a part with a weight is missing: a gap is never read as 0. `SearchError.notFinite`.
    public func score<State>(of evaluation: NodeEvaluation<State>) throws(SearchError) -> Double {
        let parts: [(name: String, weight: Double, part: Double?)] = [
            ("value", value, evaluation.value), ("outcome", outcome, evaluation.meanOutcome), ("reward", reward, evaluation.reward),
        ]
        var score = 0.0
        for (name, weight, part) in parts where weight != 0 {
            guard let part else { throw .missingCritic(name, weight: weight) }
            guard part.isFinite else { throw .notFinite(name, value: part) }
            score += weight * part
        }
        return score
    }
}
