/// How the scores of evaluations become the worth of the nodes above: Q of a node whose counts are up to date.
public struct SearchBackup: Sendable {
    /// The new value of a node on the way up, given its children (all up to date) and the score that arrives.
    let value: @Sendable (_ node: NodeStatistics, _ children: [NodeStatistics], _ score: Double) -> Double

    /// A rule of one's own, such as one with edge rewards.
    public init(value: @escaping @Sendable (_ node: NodeStatistics, _ children: [NodeStatistics], _ score: Double) -> Double) {
        self.value = value
    }

    /// The mean score of all evaluations at and below the node.
    public static let mean = SearchBackup { node, _, _ in node.mean }

    /// The greatest score at or below the node.
    public static let max = SearchBackup { node, _, score in node.visits == 1 ? score : Swift.max(node.value, score) }

    /// Σ Q(child) N(child) / Σ N(child): the node's own evaluation counts only as long as no child was visited (ReST-MCTS*,
    /// arXiv:2406.03816).
    public static let childrenByVisits = SearchBackup { node, children, score in
        let visits = children.reduce(0) { $0 + $1.visits }
        return visits == 0 ? score : children.reduce(0) { $0 + $1.value * Double($1.visits) } / Double(visits)
    }
}
