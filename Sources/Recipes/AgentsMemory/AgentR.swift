// Agent-R: Training Language Model Agents to Reflect via Iterative Self-Training. Yuan, Chen, Xi, Ye, Du, Chen. arXiv:2501.11425
//
// A tree search with the current policy finds good and bad episodes of one problem. The policy itself judges the bad one step by step;
// after its first bad step a turn is put that notices the mistake, followed by the rest of the good episode. Fine-tuning on these and
// on good episodes, with the bad steps read but not learned, teaches to turn round in time.
//
// Departures
// - A splice is kept only if its replay in the real environment reaches the good episode's score: spliced observations alone would come
//   from a branch in which the bad steps never happened. The share that is dropped is recorded.
// - Of a tree's good episodes a bad one is paired with the one that shares most of its way up to where it is left (the paper forms all
//   pairs): where each action moves the agent, other endings hardly ever replay.
// - Turns are limited, so a bad episode is left at the latest where the good rest still fits.
// - Good is r ≥ α, since r > 1 keeps nothing in the last iteration.
// - No general conversations are mixed in (the paper's 1 − η = 0.8 of the loss): there are none here; the gate watches for losses.
// - Each generation goes on from the incumbent (whether the paper restarts is not confirmed).

public import Autodidact
import Randomness

/// Self-training on revised episodes.
public struct AgentR: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "agent-r", name: "Agent-R", family: "AgentsMemory",
        paper: "Agent-R: Training Language Model Agents to Reflect via Iterative Self-Training (Yuan, Chen, Xi, Ye, Du, Chen)",
        arxiv: "2501.11425",
        summary: "search episodes, splice a good end onto a bad beginning where it first went wrong, fine-tune",
        needs: [.logprobs, .training, .snapshots], interaction: .environment, judges: [.itself])

    /// Where a bad episode is left.
    public enum Transition: String, Sendable, Hashable, Codable, CaseIterable {
        /// After the first step that the policy itself judges bad, else at the end.
        case judged
        /// At the end: the paper's Direct-Revision.
        case end
        /// Nowhere: good episodes alone are learned from.
        case none
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems that are searched.
        @Setting(
            "problems that are searched in a generation (paper: up to 300 WebShop, 200 ScienceWorld and TextCraft tasks)",
            1...CountLimits.items)
        public var problems = 200
        /// Expansions of each tree.
        @Setting("expansions of each tree (paper: 4 iterations by default, more by environment)", 1...CountLimits.repetitions)
        public var searchRounds = 24
        /// Actions sampled at each.
        @Setting("actions sampled at each expansion (paper: 4)", 1...CountLimits.samples) public var children = 4
        /// The exploration constant of the search.
        @Setting("constant of UCB in the search (paper: 0.25)", 0...100) public var exploration = 0.25
        /// The sampling temperature of actions.
        @Setting("sampling temperature of actions (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// β: by how much a good episode's score must pass a bad one's.
        @Setting("β, by how much a good episode's score must pass a bad one's (paper: 0.2)", 0...1) public var scoreGap = 0.2
        /// α: the least score of a good episode, by generation; the last goes on.
        @Setting("α, least score of a good episode in generation 1, 2, … (paper: 0.5, 0.7, 1.0)", each: 0...1)
        public var goodScores: [Double] = [0.5, 0.7, 1]
        /// Where a bad episode is left.
        @Setting("where a bad episode is left: judged (paper), end (Direct-Revision) or none (good episodes alone)")
        public var transition = Transition.judged
        /// The most splices that are kept of a problem.
        @Setting("most splices kept of a problem (paper: thousands in all)", 1...CountLimits.samples) public var splicesPerProblem = 4
        /// The most good episodes that are kept of a problem.
        @Setting("most good episodes kept of a problem (paper: 2,000 in all on WebShop)", 0...CountLimits.samples)
        public var goodPerProblem = 2
        /// What is said on turning round: an action that changes nothing.
        @Setting("what is said on turning round, an action that changes nothing (paper: one of about ten thoughts)")
        public var revision = "wait"
        /// Passes over what was kept.
        @Setting("passes over what was kept (paper: not confirmed)", 1...100) public var epochs = 2
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step (paper: not confirmed)", 1...CountLimits.items) public var sequencesPerStep = 32
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: not confirmed)", 1e-9...1) public var learningRate: Float = 3e-4
        /// Optimiser steps of linear warm-up in each generation.
        @Setting("optimiser steps of linear warm-up in each generation", 0...CountLimits.repetitions) public var warmUpSteps = 3

        /// The miniature's values.
        public init() {}

        /// Refuses splices that could not be made.
        public func validateTogether() throws(SettingsError) {
            if goodScores.isEmpty { throw .outOfRange(key: "goodScores", value: "", allowed: "one score or more, such as 0.5,0.7,1") }
            if revision.isEmpty { throw .outOfRange(key: "revision", value: "", allowed: "a text") }
        }
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws and trains on.
    public var budget: GenerationBudget {
        let lessons = settings.problems * (settings.goodPerProblem + (settings.transition == .none ? 0 : settings.splicesPerProblem))
        return GenerationBudget(
            problems: settings.problems, episodes: settings.problems * settings.searchRounds, trainedSequences: lessons * settings.epochs,
            optimizerSteps: plan.stepsPerEpoch(examples: lessons) * settings.epochs)
    }

    private var plan: TrainingPlan { settings.plan }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let bar = settings.goodScores[min(workshop.generation, settings.goodScores.count) - 1]    // α
        let trees = try await workshop.searchEpisodes(                                            // MCTS with π
            on: try await workshop.problems(settings.problems), children: settings.children,
            selection: .uct(exploration: settings.exploration),
            budget: SearchBudget(rounds: settings.searchRounds), options: workshop.sampling(temperature: settings.temperature))
        var lessons = trees.flatMap { tree in                                                     // good: r ≥ α
            tree.imitable(bar: bar, count: settings.goodPerProblem) { $0.actions.joined(separator: "\n") }.map(\.state.sample)
        }
        await workshop.record("lessons/good", Double(lessons.count))
        if settings.transition != .none {
            let failed = trees.flatMap { drawnFailures(in: $0, bar: bar) }                        // r(g) − r(b) > β
            let left = try await leavingPoints(of: failed.map(\.bad), in: workshop)               // t′
            var splices: [SpanSample] = []
            for (failure, steps) in zip(failed, left) {
                guard let good = counterpart(of: failure, leftAfter: steps) else { continue }
                let splice = try await workshop.splice(                                           // b₁…b_t′ ⊕ rs ⊕ g
                    failure.bad, steps: fitting(steps, failure.bad, good.state, turns: workshop.task.maximumTurns),
                    revision: settings.revision, with: good.state)
                if let splice, (splice.state.outcome?.reward ?? 0) >= good.score { splices.append(splice.sample) }
            }
            await workshop.record("lessons/spliced", Double(splices.count))
            await workshop.record("splice/dropped", 1 - Double(splices.count) / Double(max(1, failed.count)))
            lessons += splices
        }
        try await workshop.train(                                                                 // min E[−Σ m_i log π(x_i)]
            on: lessons.map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: plan)
    }

    /// A bad episode and the good ones of its tree.
    private typealias Failure = (bad: InteractionState, good: [SearchTerminal<InteractionState>])

    /// Bad episodes of a tree, at most as many as wanted, drawn at random.
    private func drawnFailures(in tree: SearchTree<InteractionState>, bar: Double) -> [Failure] {
        Dictionary(grouping: tree.pathPairs(gap: settings.scoreGap, bar: bar), by: \.bad.node)
            .map { node, pairs in (order: tree.key("failure", node).key, node: node, pairs: pairs) }
            .sorted { ($0.order, $0.node) < ($1.order, $1.node) }
            .prefix(settings.splicesPerProblem)
            .map { ($0.pairs[0].bad.state, $0.pairs.map(\.good)) }
    }

    /// The good episode that shares most of a bad one's way up to where that is left; of equal ones the shortest, then the first found.
    private func counterpart(of failure: Failure, leftAfter steps: Int) -> SearchTerminal<InteractionState>? {
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
    private func fitting(_ steps: Int, _ bad: InteractionState, _ good: InteractionState, turns: Int) -> Int {
        let rest = good.steps.count - min(shared(bad, good), steps)
        return max(1, min(steps, turns - 1 - rest))
    }

    /// After how many of its steps each bad episode is left: the policy's own first "bad", else all of them but the last.
    private func leavingPoints(of states: [InteractionState], in workshop: Workshop) async throws -> [Int] {
        // After its last step an episode is over, so nothing can follow it.
        let ends = states.map { max(0, $0.steps.count - 1) }
        guard settings.transition == .judged else { return ends }
        let probes = zip(states, ends).flatMap { state, end in
            (0..<end).map { LabelProbe.isGoodStep(transcript: state.transcript(steps: $0 + 1)) }
        }
        var good = try await workshop.probability(of: probes, by: workshop.policy)[...]
        return ends.map { end in
            defer { good = good.dropFirst(end) }
            return good.prefix(end).firstIndex { $0 < 0.5 }.map { $0 - good.startIndex + 1 } ?? end
        }
    }
}
