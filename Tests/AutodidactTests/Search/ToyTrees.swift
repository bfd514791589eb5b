import Autodidact
import Randomness

/// Trees over paths of child numbers, whose values are written down beforehand.
enum ToyTrees {
    typealias Tree = SearchTree<[Int]>
    typealias Search = TreeSearch<[Int]>

    static func tree(_ number: Int = 0) -> Tree {
        Tree(root: [], key: SeedTree(root: 11)("tree", number))
    }

    /// Children 0, 1, 2, … in this order; ends at `depth`.
    static func inOrder(depth: Int = .max, tokens: Int = 0, priors: [Double] = []) -> Search.Expand {
        { requests in
            requests.map { request in
                (0..<request.count).map { i in
                    let child = request.siblings.count + i
                    return SearchOption(
                        state: request.state + [child], prior: child < priors.count ? priors[child] : 1,
                        isTerminal: request.depth + 1 >= depth, tokens: tokens)
                }
            }
        }
    }

    /// The value critic's words; what is not listed has 0.
    static func values(_ values: [[Int]: Double]) -> Search.Evaluate {
        { requests in
            requests.map { NodeEvaluation(value: values[$0.state] ?? 0, outcome: $0.isTerminal ? values[$0.state] ?? 0 : nil) }
        }
    }

    /// A search in which only the value critic counts.
    static func search(
        _ selection: NodeSelection, width: SearchWidth = .fixed(2), merge: SiblingMerge<[Int]>? = nil, backup: SearchBackup = .mean,
        budget: SearchBudget
    ) -> Search {
        Search(
            selection: selection, width: width, merge: merge, backup: backup, weights: CriticWeights(value: 1, outcome: 0, reward: 0),
            budget: budget)
    }
}

extension SearchTree {
    /// What the documentation promises and is not so, in words.
    func violations() -> [String] {
        var violations: [String] = []
        for (index, node) in nodes.enumerated() {
            let below = node.children.map { nodes[$0] }
            let own = node.statistics.score == nil ? 0 : 1
            if node.statistics.visits != own + below.reduce(0, { $0 + $1.statistics.visits }) { violations.append("visits of \(index)") }
            let sum = (node.statistics.score ?? 0) + below.reduce(0) { $0 + $1.statistics.sum }
            if abs(node.statistics.sum - sum) > 1e-9 { violations.append("sum of \(index)") }
            let isExhausted = !node.hasRoom && below.allSatisfy { $0.isExhausted }
            if node.isExhausted != isExhausted { violations.append("exhaustion of \(index)") }
            if node.children.count > node.statistics.allowedChildren { violations.append("width of \(index)") }
            if node.statistics.isTerminal && !node.children.isEmpty { violations.append("terminal \(index) has children") }
            for child in node.children where nodes[child].parent != index || child <= index { violations.append("parent of \(child)") }
            if let parent = node.parent, nodes[parent].statistics.depth + 1 != node.statistics.depth {
                violations.append("depth of \(index)")
            }
        }
        if nodes.reduce(0, { $0 + $1.tokens }) != tokens.steps + tokens.rollouts { violations.append("tokens of the nodes") }
        return violations
    }

    /// Everything that a search decided, for comparisons.
    func trace(_ name: (State) -> String) -> [String] {
        nodes.map { "\(name($0.state)) \($0.children) \($0.statistics) \($0.isExhausted) \($0.tokens)" }
            + ["\(tokens) \(rounds)"] + rollouts.map { "\($0.node) \(name($0.rollout.state)) \($0.rollout.outcome)" }
    }
}
