import Autodidact
import Randomness

extension AgentR {
    /// A bad episode and the good ones of its tree.
    typealias Failure = (bad: InteractionState, good: [SearchTerminal<InteractionState>])

    /// Bad episodes of a tree, at most as many as are tried, in random order.
    func drawnFailures(in tree: SearchTree<InteractionState>, bar: Double) -> [Failure] {
        Dictionary(grouping: tree.pathPairs(gap: settings.scoreGap, bar: bar), by: \.bad.node)
            .map { node, pairs in (order: tree.key("failure", node).key, node: node, pairs: pairs) }
            .sorted { ($0.order, $0.node) < ($1.order, $1.node) }
            .prefix(settings.failuresPerProblem)
            .map { ($0.pairs[0].bad.state, $0.pairs.map(\.good)) }
    }

    /// The good episode that shares most of a bad one's way up to where that is left; of equal ones the shortest, then the first found.
    func counterpart(of failure: Failure, leftAfter steps: Int) -> SearchTerminal<InteractionState>? {
        failure.good.min { first, second in
            let (one, two) = (min(steps, shared(first.state, failure.bad)), min(steps, shared(second.state, failure.bad)))
            return (two, first.state.steps.count, first.node) < (one, second.state.steps.count, second.node)
        }
    }

    /// How many steps two episodes have in common at their beginning.
    private func shared(_ first: InteractionState, _ second: InteractionState) -> Int {
        zip(first.actions, second.actions).prefix { $0 == $1 }.count
    }

    /// After how many steps the bad episode is left so that the revision and the good rest still fit.
    func fitting(_ steps: Int, _ bad: InteractionState, _ good: InteractionState, turns: Int) -> Int {
        let rest = good.steps.count - min(shared(bad, good), steps)
        return max(1, min(steps, turns - 1 - rest))
    }

    /// After how many of its steps each bad episode is left: the policy's own first "bad", else all of them but the last.
    ///
    /// nil where the policy has not said bad before a step that it cannot read, its transcript being too long: then nobody knows.
    func leavingPoints(of states: [InteractionState], in workshop: Workshop) async throws -> [Int?] {
        // After its last step an episode is over, so nothing can follow it.
        let ends = states.map { max(0, $0.steps.count - 1) }
        guard settings.transition == .judged else { return ends }
        let probes = zip(states, ends).flatMap { state, end in
            (0..<end).map { LabelProbe.isGoodStep(transcript: state.transcript(steps: $0 + 1)) }
        }
        var good = try await workshop.probability(of: probes, by: workshop.policy)[...]
        return ends.map { end in
            defer { good = good.dropFirst(end) }
            for (step, word) in good.prefix(end).enumerated() {
                guard let word else { return nil }
                if word < 0.5 { return step + 1 }
            }
            return end
        }
    }

    /// What a generation learns from: splices and then good episodes, each drawn at random, `lessons` in all where that is not 0.
    ///
    /// So a splice takes the place of a good episode, and recipes that differ in `transition` learn from equally many lessons.
    func chosen(good: [SpanSample], splices: [SpanSample], key: SeedTree) -> (good: [SpanSample], splices: [SpanSample]) {
        guard settings.lessons > 0 else { return (good, splices) }
        let spliced = splices.drawn(settings.lessons, key: key("spliced"))
        return (good.drawn(settings.lessons - spliced.count, key: key("good")), spliced)
    }
}
