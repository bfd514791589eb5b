import Foundation

/// Which node a search looks at next: how nodes are scored, and whether the tree is walked down or looked over.
///
/// Ties go to the node that was made first; what is exhausted is passed over.
public struct NodeSelection: Sendable {
    /// Among which nodes the best is looked for.
    public enum Scope: String, Sendable, Hashable, Codable {
        /// From the root down, at each node to the best child, until one has room for another child.
        case descent
        /// All nodes with room for another child.
        case frontier
    }

    /// Among which nodes the best is looked for.
    public let scope: Scope
    /// The score of a node below its parent (nil for the root), given the range of all values in the tree.
    let score: @Sendable (_ node: NodeStatistics, _ parent: NodeStatistics?, _ range: ClosedRange<Double>) -> Double

    /// A rule of one's own, such as one with terms for depth or diversity.
    public init(
        scope: Scope,
        score: @escaping @Sendable (_ node: NodeStatistics, _ parent: NodeStatistics?, _ range: ClosedRange<Double>) -> Double
    ) {
        self.scope = scope
        self.score = score
    }

    /// UCT: Q + c √(ln N(parent) / N); what was not visited goes first (Kocsis and Szepesvári 2006; AlphaLLM's released code).
    ///
    /// - Parameter exploration: c ≥ 0, in the unit of the values. A rule with √(2 ln N / N) has √2 c.
    public static func uct(exploration: Double = 1) -> NodeSelection {
        NodeSelection(scope: .descent) { node, parent, _ in
            guard node.visits > 0, let parent else { return .infinity }
            return node.value + exploration * (log(Double(parent.visits)) / Double(node.visits)).squareRoot()
        }
    }

    /// PUCT: Q + c p √N(parent) / (1 + N), p the prior of the step (MCTS-DPO, arXiv:2405.00451; RAIN, arXiv:2309.07124).
    ///
    /// - Parameters:
    ///   - exploration: c ≥ 0, in the unit of the values, or of the range where they are normalised.
    ///   - normalizesValues: Maps values to [0, 1] by the least and greatest of the tree, as RAIN does; what was not visited has 0.
    public static func puct(exploration: Double = 1, normalizesValues: Bool = false) -> NodeSelection {
        NodeSelection(scope: .descent) { node, parent, range in
            guard let parent else { return .infinity }
            let spread = range.upperBound - range.lowerBound
            let normal = node.visits == 0 || spread == 0 ? 0 : (node.value - range.lowerBound) / spread
            let bonus = node.prior * Double(parent.visits).squareRoot() / Double(1 + node.visits)
            return (normalizesValues ? normal : node.value) + exploration * bonus
        }
    }

    /// Best-first: of all nodes with room, the one of the greatest value.
    public static let bestFirst = NodeSelection(scope: .frontier) { node, _, _ in node.value }
}

extension SearchTree {
    /// The node that is to get a child next; nil where the tree is exhausted.
    public func selected(by selection: NodeSelection) -> Int? {
        guard !nodes[0].isExhausted else { return nil }
        let visited = nodes.lazy.filter { $0.statistics.visits > 0 }.map(\.statistics.value)
        let range = (visited.min() ?? 0)...(visited.max() ?? 0)
        switch selection.scope {
        case .frontier: return best(of: nodes.indices.filter { nodes[$0].hasRoom }, by: selection, range: range)
        case .descent:
            var place = 0
            while !nodes[place].hasRoom {
                let open = nodes[place].children.filter { !nodes[$0].isExhausted }
                guard let next = best(of: open, by: selection, range: range) else { return nil }
                place = next
            }
            return place
        }
    }

    private func best(of candidates: [Int], by selection: NodeSelection, range: ClosedRange<Double>) -> Int? {
        var best: (node: Int, score: Double)?
        for candidate in candidates {
            let node = nodes[candidate]
            let score = selection.score(node.statistics, node.parent.map { nodes[$0].statistics }, range)
            if score > (best?.score ?? -.infinity) || best == nil { best = (candidate, score) }
        }
        return best?.node
    }
}
