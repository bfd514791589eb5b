/// A finished answer that a search came upon.
public struct SearchTerminal<State: Sendable>: Sendable {
    /// The finished state.
    public let state: State
    /// The terminal node, or the node whose rollout it is.
    public let node: Int
    /// Whether it is a rollout, and no node.
    public let isRollout: Bool
    /// What the outcome critic said of it; a terminal without one has the score of its evaluation.
    public let score: Double
}

extension SearchTree {
    /// All finished answers that were judged: terminal nodes as they were made, then rollouts where wanted.
    public func terminals(includingRollouts: Bool = true) -> [SearchTerminal<State>] {
        let ends = nodes.indices.compactMap(terminal)
        guard includingRollouts else { return ends }
        return ends + rollouts.map { SearchTerminal(state: $1.state, node: $0, isRollout: true, score: $1.outcome) }
    }

    /// The end of the path that goes to the child of the greatest value, where terminals lie below it; nil without a terminal.
    ///
    /// Among equals the more visited child, then the first.
    public func greedyTerminal() -> SearchTerminal<State>? {
        var leads = [Bool](repeating: false, count: nodes.count)
        for node in nodes.indices.reversed() {  // children come after their parents
            leads[node] = terminal(node) != nil || nodes[node].children.contains { leads[$0] }
        }
        guard leads[0] else { return nil }
        var place = 0
        while terminal(place) == nil {
            var best: Int?
            for child in nodes[place].children where leads[child] {
                guard let known = best else {
                    best = child
                    continue
                }
                let (new, old) = (nodes[child].statistics, nodes[known].statistics)
                if (new.value, new.visits) > (old.value, old.visits) { best = child }
            }
            guard let best else { return nil }
            place = best
        }
        return terminal(place)
    }

    /// The finished answer of the greatest score, the first among equals.
    public func bestTerminal(includingRollouts: Bool = true) -> SearchTerminal<State>? {
        terminals(includingRollouts: includingRollouts).reduce(nil) { best, next in
            best.map { next.score > $0.score } ?? true ? next : best
        }
    }

    /// The answer that gathers the greatest weight over the finished answers, and its best-scored statement.
    ///
    /// Self-consistency (arXiv:2203.11171) with weight 1; weighted by the outcome critic with `\.score`. Among equals the answer
    /// that was found first.
    /// - Parameters:
    ///   - answer: The answer that a state commits to, in canonical form; nil has no vote.
    ///   - weight: How much a finished answer counts, 0 or more.
    public func vote(
        includingRollouts: Bool = true, answer: (State) -> String?, weight: (SearchTerminal<State>) -> Double = { _ in 1 }
    ) -> (answer: String, share: Double, terminal: SearchTerminal<State>)? {
        var place: [String: Int] = [:]
        var votes: [(answer: String, weight: Double, terminal: SearchTerminal<State>)] = []
        for terminal in terminals(includingRollouts: includingRollouts) {
            guard let said = answer(terminal.state) else { continue }
            if let known = place[said] {
                votes[known].weight += weight(terminal)
                if terminal.score > votes[known].terminal.score { votes[known].terminal = terminal }
            } else {
                place[said] = votes.count
                votes.append((said, weight(terminal), terminal))
            }
        }
        let total = votes.reduce(0) { $0 + $1.weight }
        guard let most = votes.map(\.weight).max(), let winner = votes.first(where: { $0.weight == most }) else { return nil }
        return (winner.answer, total == 0 ? 0 : winner.weight / total, winner.terminal)
    }

    private func terminal(_ node: Int) -> SearchTerminal<State>? {
        let place = nodes[node]
        guard place.statistics.isTerminal, let score = place.outcome ?? place.statistics.score else { return nil }
        return SearchTerminal(state: place.state, node: node, isRollout: false, score: score)
    }
}
