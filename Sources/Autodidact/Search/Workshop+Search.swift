extension Workshop {
    /// Records which finished answers of searches were chosen to learn from, and holds their scores against the truth.
    ///
    /// For the record alone: nothing comes back. The answers must be to questions of this workshop's problems.
    /// - Throws: `WorkshopError.heldOutLeak` or `CancellationError`.
    public func recordSelection(of answers: [SearchTerminal<TextState>]) async throws {
        let problems = problems(behind: answers.map(\.state.question))
        let verdicts = try await verdicts(on: zip(problems, answers).map { ($0, $1.state.response) })
        for (answer, verdict) in zip(answers, verdicts) {
            guard let truth = verdict.reward else { continue }
            record("exploitation/precision", verdict.isCorrect ? 1 : 0)
            record("reward/own", answer.score)
            record("reward/gap", answer.score - truth)
        }
        record("selection/kept", Double(answers.count))
    }

    /// Records what an outcome critic is worth on judged episodes that it was not taught: `certainty/…` and `critic/pair_accuracy`.
    ///
    /// - Throws: What the critic throws.
    public func recordCritic(_ critic: any Policy, on groups: [[Episode]]) async throws {
        let reading = try await reading(of: critic, on: groups)
        for (name, value) in reading.certainty.metrics { record(name, value) }
        if let pairs = reading.pairAccuracy { record("critic/pair_accuracy", pairs) }
    }

    /// Records what searches cost and how they grew, each figure a mean over the trees: `docs/METRICS.md`.
    public func recordSearches<State>(_ trees: [SearchTree<State>]) {
        for tree in trees {
            let inner = tree.nodes.filter { !$0.children.isEmpty }
            record("search/tokens", Double(tree.tokens.sampled))
            record("search/nodes", Double(tree.nodes.count))
            record("search/terminals", Double(tree.nodes.count { $0.statistics.isTerminal }))
            record("search/depth", Double(tree.nodes.map(\.statistics.depth).max() ?? 0))
            record("search/exhausted", tree.nodes[0].isExhausted ? 1 : 0)
            for node in inner { record("search/children", Double(node.children.count)) }
            let draws = tree.nodes.reduce(0) { $0 + $1.draws }
            if draws > 0 { record("search/merged", Double(draws - tree.nodes.count + 1) / Double(draws)) }
        }
    }
}
