import Randomness

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
        Self.best(of: terminals(includingRollouts: includingRollouts))
    }

    /// The best-scored statement of the answer that gathers the greatest weight over the finished answers; nil where none has weight.
    ///
    /// Self-consistency (arXiv:2203.11171) with weight 1; weighted by the outcome critic with `\.score`. Ties are drawn by the tree's key.
    /// - Parameters:
    ///   - answer: The answer that a state commits to, in canonical form; nil has no vote.
    ///   - weight: How much a finished answer counts, 0 or more.
    public func vote(
        includingRollouts: Bool = true, answer: (State) -> String?, weight: (SearchTerminal<State>) -> Double = { _ in 1 }
    ) -> (answer: String, share: Double, terminal: SearchTerminal<State>)? {
        let ends = terminals(includingRollouts: includingRollouts)
        let answers = ends.map { answer($0.state) }
        let votes = Votes(answers, weights: ends.map(weight))
        guard let winner = votes.winner(key: key("vote")) else { return nil }
        let voters = zip(ends, answers).filter { $0.1 == winner }.map(\.0)
        guard let best = Self.best(of: voters) else { return nil }
        return (winner, votes.share(of: winner), best)
    }

    private static func best(of ends: [SearchTerminal<State>]) -> SearchTerminal<State>? {
        ends.reduce(nil) { best, next in best.map { next.score > $0.score } ?? true ? next : best }
    }

    private func terminal(_ node: Int) -> SearchTerminal<State>? {
        let place = nodes[node]
        guard place.statistics.isTerminal, let score = place.outcome ?? place.statistics.score else { return nil }
        return SearchTerminal(state: place.state, node: node, isRollout: false, score: score)
    }
}

/// How the answer of a finished search is chosen (the four rules of AlphaLLM, arXiv:2404.12253, and its released code).
public enum SearchAnswerRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The end of the path along the greatest values.
    case greedy
    /// The finished answer of the greatest score.
    case best
    /// The answer that most finished answers give.
    case vote
    /// The same, each weighted by its score.
    case weightedVote = "weighted-vote"
}

extension SearchTree {
    /// The answer by a rule; nil where nothing was finished.
    ///
    /// - Parameter answer: The answer that a state commits to, in canonical form, for votes; nil has no vote.
    public func chosen(by rule: SearchAnswerRule, answer: (State) -> String?) -> SearchTerminal<State>? {
        switch rule {
        case .greedy: greedyTerminal()
        case .best: bestTerminal()
        case .vote: vote(answer: answer)?.terminal
        case .weightedVote: vote(answer: answer, weight: \.score)?.terminal
        }
    }
}
