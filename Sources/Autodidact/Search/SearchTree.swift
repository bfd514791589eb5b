public import Randomness

/// A search tree over one problem, as a value.
///
/// Invariants: node 0 is the root and a child comes after its parent; the visits of a node are its own evaluation's (0 or 1) and
/// those of its children, and so are the sums; a node is exhausted exactly where it is closed or full, and all its children are
/// exhausted. Equal trees grow equally: every draw is named by `key`, the node and the number of options drawn there before.
public struct SearchTree<State: Sendable>: Sendable {
    /// Names all draws of this tree.
    public let key: SeedTree
    /// All nodes, in the order in which they were made.
    public private(set) var nodes: [SearchNode<State>]
    /// All finished rollouts, each with the node it started from, in the order in which they were made.
    public private(set) var rollouts: [(node: Int, rollout: FinishedRollout<State>)] = []
    /// What it cost.
    public private(set) var tokens = SearchTokens()
    /// How often the tree was visited for more children.
    public internal(set) var rounds = 0

    /// A tree of a root alone.
    public init(root: State, key: SeedTree) {
        self.key = key
        nodes = [SearchNode(SearchOption(state: root), parent: nil, depth: 0)]
    }

    /// The indices from the root to a node, both included.
    public func path(to node: Int) -> [Int] {
        var path = [node]
        while let parent = nodes[path[path.count - 1]].parent { path.append(parent) }
        return path.reversed()
    }

    /// The states of the nodes below one.
    public func childStates(of node: Int) -> [State] { nodes[node].children.map { nodes[$0].state } }

    /// Adds a child and returns its index.
    mutating func add(_ option: SearchOption<State>, to parent: Int, depthLimit: Int?) -> Int {
        let child = nodes.count
        let depth = nodes[parent].statistics.depth + 1
        nodes.append(SearchNode(option, parent: parent, depth: depth))
        nodes[parent].children.append(child)
        tokens.steps += option.tokens
        if let depthLimit, depth >= depthLimit { close(child) }
        return child
    }

    /// Counts options that were drawn at a node, and the tokens of those that were turned down.
    mutating func countDraws(_ draws: Int, rejectedTokens: Int, at node: Int) {
        nodes[node].draws += draws
        tokens.rejected += rejectedTokens
    }

    /// Makes no further children at a node.
    mutating func close(_ node: Int) {
        nodes[node].isClosed = true
    }

    /// Enters what the critics said of a node and carries its score to the root; a node that they could not read is closed without one.
    mutating func enter(
        _ evaluation: NodeEvaluation<State>, at node: Int, weights: CriticWeights, backup: SearchBackup
    ) throws(SearchError) {
        precondition(nodes[node].statistics.score == nil, "node \(node) was evaluated before")
        let score: Double? = evaluation.isUnread ? nil : try weights.score(of: evaluation)
        nodes[node].statistics.criticValue = evaluation.value
        nodes[node].statistics.score = score
        nodes[node].reward = evaluation.reward
        nodes[node].outcome = evaluation.outcome
        for rollout in evaluation.rollouts {
            rollouts.append((node, rollout))
            nodes[node].tokens += rollout.tokens
            tokens.rollouts += rollout.tokens
        }
        nodes[node].tokens += evaluation.tokensUnread
        tokens.rollouts += evaluation.tokensUnread
        tokens.scored += evaluation.tokensScored
        guard let score else { return close(node) }
        for place in path(to: node).reversed() {
            nodes[place].statistics.visits += 1
            nodes[place].statistics.sum += score
            let children = statistics(below: place)
            nodes[place].statistics.value = backup.value(nodes[place].statistics, children, score)
        }
    }

    /// Brings width and exhaustion up to date from a node to the root.
    mutating func refresh(from node: Int, width: SearchWidth) {
        for place in path(to: node).reversed() {
            let allowed = width.allowed(nodes[place].statistics, statistics(below: place))
            nodes[place].statistics.allowedChildren = max(nodes[place].statistics.allowedChildren, allowed)
            nodes[place].isExhausted = !nodes[place].hasRoom && nodes[place].children.allSatisfy { nodes[$0].isExhausted }
        }
    }

    private func statistics(below node: Int) -> [NodeStatistics] { nodes[node].children.map { nodes[$0].statistics } }
}
