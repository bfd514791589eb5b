public import Randomness

/// A node that is to get children.
public struct ExpansionRequest<State: Sendable>: Sendable {
    /// The place of the tree among those that are searched.
    public let tree: Int
    /// The node's index in its tree.
    public let node: Int
    /// Its state.
    public let state: State
    /// Its depth.
    public let depth: Int
    /// What stands below it already, to tell a policy what was tried.
    public let siblings: [State]
    /// How many options are wanted; fewer may come.
    public let count: Int
    /// Names the draws.
    public let key: SeedTree
}

/// A new node that is to be judged.
public struct EvaluationRequest<State: Sendable>: Sendable {
    /// The place of the tree among those that are searched.
    public let tree: Int
    /// The node's index in its tree.
    public let node: Int
    /// Its state.
    public let state: State
    /// Its depth.
    public let depth: Int
    /// Whether it is an end.
    public let isTerminal: Bool
    /// Names the draws of rollouts.
    public let key: SeedTree
}

/// Monte Carlo tree search over many problems at once, in lockstep.
///
/// Each round visits one node of each tree, and hands the expansions of all trees to the policy as one batch, then all evaluations:
/// wide batches are what a sampler is fast on. A tree grows as it would alone, because its draws are named by its own key.
public struct TreeSearch<State: Sendable>: Sendable {
    /// Makes options for all nodes of a round: one list for each request, in their order.
    public typealias Expand = @Sendable (_ requests: [ExpansionRequest<State>]) async throws -> [[SearchOption<State>]]
    /// Judges all new nodes of a round; nil leaves a node unvisited, as where only finished episodes are scored.
    public typealias Evaluate = @Sendable (_ requests: [EvaluationRequest<State>]) async throws -> [NodeEvaluation<State>?]

    private let selection: NodeSelection
    private let width: SearchWidth
    private let merge: SiblingMerge<State>?
    private let backup: SearchBackup
    private let weights: CriticWeights
    private let budget: SearchBudget

    /// A search of these parts; without `merge` every option becomes a node.
    public init(
        selection: NodeSelection, width: SearchWidth, merge: SiblingMerge<State>? = nil, backup: SearchBackup = .mean,
        weights: CriticWeights, budget: SearchBudget
    ) {
        self.selection = selection
        self.width = width
        self.merge = merge
        self.backup = backup
        self.weights = weights
        self.budget = budget
    }

    /// Grows the trees until each has spent its budget or is exhausted; trees that were begun are grown on.
    ///
    /// - Throws: `SearchError`, `CancellationError` between rounds, or what the closures throw.
    public func run(_ trees: [SearchTree<State>], expand: Expand, evaluate: Evaluate) async throws -> [SearchTree<State>] {
        var trees = trees
        let fresh = trees.indices.filter {
            let root = trees[$0].nodes[0]
            return trees[$0].nodes.count == 1 && root.statistics.visits == 0 && !root.isClosed
        }
        try await judge(fresh.map { ($0, 0) }, of: &trees, by: evaluate)
        for tree in trees.indices { trees[tree].refresh(from: 0, width: width) }
        while true {
            try Task.checkCancellation()
            var visits: [Visit] = []
            for tree in trees.indices where !budget.isSpent(by: trees[tree]) {
                guard let node = trees[tree].selected(by: selection) else { continue }
                trees[tree].rounds += 1
                visits.append(Visit(tree: tree, node: node, intake: intake(at: node, of: trees[tree])))
            }
            if visits.isEmpty { return trees }
            try await draw(for: &visits, from: trees, by: expand)
            var born: [(tree: Int, node: Int)] = []
            for visit in visits {
                born += add(visit, to: &trees[visit.tree]).map { (visit.tree, $0) }
            }
            try await judge(born, of: &trees, by: evaluate)
        }
    }

    /// A node and what was drawn below it in this round.
    private struct Visit {
        let tree: Int
        let node: Int
        var intake: OptionIntake<State>
    }

    private func intake(at node: Int, of tree: SearchTree<State>) -> OptionIntake<State> {
        let room = tree.nodes[node].statistics.allowedChildren - tree.nodes[node].children.count
        return OptionIntake(siblings: tree.childStates(of: node), wanted: min(room, width.childrenPerVisit), merge: merge)
    }

    /// Draws options for all visits together, again for those that brought too little, and makes do at last.
    private func draw(for visits: inout [Visit], from trees: [SearchTree<State>], by expand: Expand) async throws {
        for _ in 0...(merge?.resamples ?? 0) {
            let open = visits.indices.filter { visits[$0].intake.missing > 0 }
            if open.isEmpty { break }
            let requests = open.map { request(for: visits[$0], from: trees[visits[$0].tree]) }
            let answers = try await expand(requests)
            guard answers.count == requests.count else {
                throw SearchError.wrongCount(of: "expansion", wanted: requests.count, got: answers.count)
            }
            for (place, (request, options)) in zip(open, zip(requests, answers)) {
                guard options.count <= request.count else {
                    throw SearchError.wrongCount(of: "expansion of one node", wanted: request.count, got: options.count)
                }
                visits[place].intake.offer(options, asked: request.count)
            }
        }
        for visit in visits.indices { visits[visit].intake.makeDo() }
    }

    private func request(for visit: Visit, from tree: SearchTree<State>) -> ExpansionRequest<State> {
        let node = tree.nodes[visit.node]
        return ExpansionRequest(
            tree: visit.tree, node: visit.node, state: node.state, depth: node.statistics.depth,
            siblings: tree.childStates(of: visit.node), count: visit.intake.missing,
            key: tree.key("expand", visit.node, node.draws + visit.intake.draws)
        )
    }

    /// Makes nodes of what was taken; a node that brings nothing new gets no further visit.
    private func add(_ visit: Visit, to tree: inout SearchTree<State>) -> [Int] {
        tree.countDraws(visit.intake.draws, rejectedTokens: visit.intake.rejectedTokens, at: visit.node)
        let born = visit.intake.taken.map { tree.add($0, to: visit.node, depthLimit: budget.depth) }
        if born.isEmpty {
            tree.close(visit.node)
            tree.refresh(from: visit.node, width: width)
        }
        return born
    }

    private func judge(_ born: [(tree: Int, node: Int)], of trees: inout [SearchTree<State>], by evaluate: Evaluate) async throws {
        if born.isEmpty { return }
        let requests = born.map { tree, node in
            let place = trees[tree].nodes[node]
            return EvaluationRequest(
                tree: tree, node: node, state: place.state, depth: place.statistics.depth, isTerminal: place.statistics.isTerminal,
                key: trees[tree].key("evaluate", node)
            )
        }
        let evaluations = try await evaluate(requests)
        guard evaluations.count == requests.count else {
            throw SearchError.wrongCount(of: "evaluation", wanted: requests.count, got: evaluations.count)
        }
        for ((tree, node), evaluation) in zip(born, evaluations) {
            if let evaluation { try trees[tree].enter(evaluation, at: node, weights: weights, backup: backup) }
            trees[tree].refresh(from: node, width: width)
        }
    }
}
