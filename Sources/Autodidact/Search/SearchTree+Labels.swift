/// What a finished search teaches a value critic: a state and the mean outcome of all finished answers at and below it.
public struct ValueTarget<State: Sendable>: Sendable {
    /// The state.
    public let state: State
    /// Its index in the tree.
    public let node: Int
    /// The mean outcome, in the outcome critic's unit.
    public let target: Double
    /// How many finished answers it is the mean of.
    public let count: Int
}

/// Two children of one node, of which a search came to like one better.
public struct SiblingPair: Sendable, Hashable {
    /// The index of the preferred node.
    public let better: Int
    /// The index of the other.
    public let worse: Int
    /// The difference of their values; positive.
    public let gap: Double
}

/// Two finished answers to one problem from one tree (Agent-R, arXiv:2501.11425).
public struct PathPair<State: Sendable>: Sendable {
    /// The one with the higher score.
    public let good: SearchTerminal<State>
    /// The one with the lower score.
    public let bad: SearchTerminal<State>
}

extension SearchTree {
    /// Monte Carlo returns: the targets of all nodes with at least so many finished answers at or below them, in order of the nodes.
    public func valueTargets(minimumCount: Int = 1) -> [ValueTarget<State>] {
        var sum = [Double](repeating: 0, count: nodes.count)
        var count = [Int](repeating: 0, count: nodes.count)
        for terminal in terminals() {
            for place in path(to: terminal.node) {
                sum[place] += terminal.score
                count[place] += 1
            }
        }
        return nodes.indices.filter { count[$0] >= max(1, minimumCount) }.map {
            ValueTarget(state: nodes[$0].state, node: $0, target: sum[$0] / Double(count[$0]), count: count[$0])
        }
    }

    /// The best and the worst visited child of each node, where their values differ by more than `gap`, in order of the nodes.
    ///
    /// - Parameter parents: Only the children of these nodes, such as those of a path (MCTS-DPO, arXiv:2405.00451); nil is all.
    public func siblingPairs(gap: Double = 0, below parents: [Int]? = nil) -> [SiblingPair] {
        (parents ?? Array(nodes.indices)).compactMap { parent in
            let children = nodes[parent].children.filter { nodes[$0].statistics.visits > 0 }
            guard var better = children.first, var worse = children.first else { return nil }
            for child in children {
                if nodes[child].statistics.value > nodes[better].statistics.value { better = child }
                if nodes[child].statistics.value < nodes[worse].statistics.value { worse = child }
            }
            let difference = nodes[better].statistics.value - nodes[worse].statistics.value
            return difference > max(0, gap) ? SiblingPair(better: better, worse: worse, gap: difference) : nil
        }
    }

    /// All ordered pairs of finished answers with r(good) − r(bad) > `gap` and r(good) ≥ `bar` (Agent-R, arXiv:2501.11425).
    public func pathPairs(gap: Double, bar: Double, includingRollouts: Bool = false) -> [PathPair<State>] {
        let ends = terminals(includingRollouts: includingRollouts)
        return ends.filter { $0.score >= bar }.flatMap { good in
            ends.filter { good.score - $0.score > gap }.map { PathPair(good: good, bad: $0) }
        }
    }

    /// The finished answers worth imitating: at most `count` with a score of at least `bar`, the best first, each answer once.
    ///
    /// - Parameter name: What tells two answers apart, such as their text.
    public func imitable(
        bar: Double, count: Int, includingRollouts: Bool = true, name: (State) -> String
    ) -> [SearchTerminal<State>] {
        var seen: Set<String> = []
        let ends = terminals(includingRollouts: includingRollouts).filter { $0.score >= bar }
        let ranked = ends.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        return Array(ranked.map(\.element).filter { seen.insert(name($0.state)).inserted }.prefix(count))
    }
}
