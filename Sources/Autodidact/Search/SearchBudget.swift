/// What one tree may cost; a search of it ends with the first limit that is reached.
///
/// Limits are looked at between rounds, so that the last round may pass them: what was really spent stands in `SearchTree.tokens`.
public struct SearchBudget: Sendable, Hashable, Codable {
    /// Rounds: visits of a tree that each bring up to `SearchWidth.childrenPerVisit` children.
    public let rounds: Int
    /// Steps from the root beyond which nothing is expanded; nil is no limit.
    public let depth: Int?
    /// Nodes, root included; nil is no limit.
    public let nodes: Int?
    /// Terminal nodes, rollouts not counted; nil is no limit.
    public let terminals: Int?
    /// Sampled tokens, rollouts and rejected options included; nil is no limit.
    public let tokens: Int?

    /// Limits of one tree.
    public init(rounds: Int, depth: Int? = nil, nodes: Int? = nil, terminals: Int? = nil, tokens: Int? = nil) {
        precondition(rounds >= 0, "\(rounds) rounds are no budget")
        self.rounds = rounds
        self.depth = depth
        self.nodes = nodes
        self.terminals = terminals
        self.tokens = tokens
    }

    /// Whether a tree has reached a limit.
    public func isSpent<State>(by tree: SearchTree<State>) -> Bool {
        func isReached(_ limit: Int?, by count: Int) -> Bool { limit.map { count >= $0 } ?? false }
        return tree.rounds >= rounds || isReached(nodes, by: tree.nodes.count) || isReached(tokens, by: tree.tokens.sampled)
            || isReached(terminals, by: tree.nodes.count { $0.statistics.isTerminal })
    }
}

/// Every token of one tree, by what it was for.
public struct SearchTokens: Sendable, Hashable, Codable {
    /// Sampled for steps that became nodes.
    public internal(set) var steps = 0
    /// Sampled for options that were too like a sibling.
    public internal(set) var rejected = 0
    /// Sampled for rollouts.
    public internal(set) var rollouts = 0
    /// Read by critics.
    public internal(set) var scored = 0

    /// All that the policy wrote.
    public var sampled: Int { steps + rejected + rollouts }

    /// Nothing spent.
    public init() {}
}
