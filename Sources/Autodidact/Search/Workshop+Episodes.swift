import Randomness

extension Workshop {
    /// Searches episodes on training problems, one tree for each problem, all in lockstep.
    ///
    /// An expansion samples actions and takes them; equal actions from one state are one child. Only finished episodes are scored, with the
    /// environment's own score; one that could not be judged closes its branch unscored.
    /// - Parameters:
    ///   - children: Actions sampled from each state that is expanded.
    ///   - selection: Which state is expanded next.
    /// - Throws: `SearchError`, `CancellationError`, or what policy and environments throw.
    public func searchEpisodes(
        on problems: [Problem], children: Int, selection: NodeSelection, budget: SearchBudget, options: SamplingOptions
    ) async throws -> [SearchTree<InteractionState>] {
        let policy = self.policy
        let roots = try problems.map { problem in
            SearchTree(
                root: try InteractionState(problem, environment: environment(for: problem), policy: policy),
                key: seed("tree", tree(of: problem))(named: problem.id))
        }
        let search = TreeSearch<InteractionState>(
            selection: selection, width: .fixed(children, childrenPerVisit: children),
            merge: SiblingMerge(minimumDistance: 1, resamples: 0) { $0.actions.last == $1.actions.last ? 0 : 1 },
            weights: CriticWeights(value: 0, outcome: 1, reward: 0), budget: budget)
        let weightsHash = standing.weightsHash
        let step = tally.steps - standing.steps
        let watch = watch(over: nil)
        let grown = try await search.run(roots) { requests in
            let completions = try await self.continuations(
                of: requests.map { SamplingRequest(prompt: $0.state.tokens, count: $0.count, key: $0.key) }, options: options)
            var grown: [[SearchOption<InteractionState>]] = []
            for (request, group) in zip(requests, completions) {
                var children: [SearchOption<InteractionState>] = []
                for completion in group {
                    let state = try await request.state.after(completion, by: policy)
                    try Task.checkCancellation()  // what a cancelled verifier says is no verdict
                    if let outcome = state.outcome { try watch.note(outcome) }
                    children.append(SearchOption(state: state, isTerminal: state.outcome != nil, tokens: completion.tokens.count))
                }
                grown.append(children)
            }
            return grown
        } evaluate: { requests in
            requests.map { request in request.state.outcome?.reward.map { NodeEvaluation(outcome: $0) } }
        }
        let groups = grown.map { tree in
            tree.nodes.indices.compactMap { node in
                tree.nodes[node].state.episode(
                    origin: EpisodeOrigin(weightsHash: weightsHash, step: step, key: tree.key.key, member: node))
            }
        }
        try tally.addSearched(groups.filter { !$0.isEmpty }, options: options)
        return grown
    }
}
