// Agent-R: Training Language Model Agents to Reflect via Iterative Self-Training. Yuan, Chen, Xi, Ye, Du, Chen. arXiv:2501.11425
//
// A tree search with the current policy finds good and bad episodes of one problem. The policy itself judges the bad one step by step;
// after its first bad step a turn is put that notices the mistake, followed by the rest of the good episode. Fine-tuning on these and
// on good episodes, with the bad steps read but not learned, teaches to turn round in time.
//
// Departures and metrics: AgentR+Notes.swift. Card: Atlas/agent-r.md

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

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most of episodes of one step: as if every action that is sampled ended one, and every splice replayed.
    public var budget: GenerationBudget { budget(ofGeneration: 1, stepsPerEpisode: 1) }

    /// The same with every step but the last of the episodes that are tried judged.
    public func budget(ofGeneration number: Int, stepsPerEpisode steps: Int) -> GenerationBudget {
        let isSpliced = settings.transition != .none
        let spliced = isSpliced ? settings.problems * settings.splicesPerProblem : 0
        let judged = settings.transition == .judged ? settings.problems * settings.failuresPerProblem : 0
        let kept = settings.problems * settings.goodPerProblem + spliced
        let lessons = settings.lessons > 0 ? min(settings.lessons, kept) : kept
        let actions = settings.problems * settings.searchRounds * settings.children
        return GenerationBudget(
            problems: settings.problems, episodes: actions, trainedSequences: lessons * settings.epochs,
            optimizerSteps: plan.stepsPerEpoch(examples: lessons) * settings.epochs, searchedEpisodes: actions, continuations: actions,
            probeSequences: judged * max(0, steps - 1) * LabelProbe.labelsOfTwo)
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
        let good = trees.flatMap { tree in                                                        // good: r ≥ α
            tree.imitable(bar: bar, count: settings.goodPerProblem) { $0.actions.joined(separator: "\n") }.map(\.state.sample)
        }
        var splices: [SpanSample] = []
        if settings.transition != .none {
            let drawn = trees.flatMap { drawnFailures(in: $0, bar: bar) }                         // r(g) − r(b) > β
            let left = try await leavingPoints(of: drawn.map(\.bad), in: workshop)                // t′
            let failed = zip(drawn, left).compactMap { failure, steps in steps.map { (failure: failure, steps: $0) } }
            var (tried, kept): (Int, [String: Int]) = (0, [:])
            for (failure, steps) in failed {
                let problem = failure.bad.problem.id
                guard kept[problem, default: 0] < settings.splicesPerProblem else { continue }
                tried += 1
                guard let good = counterpart(of: failure, leftAfter: steps) else { continue }
                let splice = try await workshop.splice(                                           // b₁…b_t′ ⊕ rs ⊕ g
                    failure.bad, steps: fitting(steps, failure.bad, good.state, turns: workshop.task.maximumTurns),
                    revision: settings.revision, with: good.state)
                guard let splice, (splice.state.outcome?.reward ?? 0) >= good.score else { continue }
                splices.append(splice.sample)
                kept[problem, default: 0] += 1
                await workshop.record("splice/left_after", Double(splice.badSteps))
                await workshop.record("splice/left_share", Double(splice.badSteps) / Double(failure.bad.steps.count))
                await workshop.record("splice/rest", Double(splice.state.steps.count - splice.badSteps - 1))
            }
            await workshop.record("splice/dropped", 1 - Double(splices.count) / Double(max(1, tried)))
        }
        let lessons = chosen(good: good, splices: splices, key: workshop.seed("lessons"))
        await workshop.record("lessons/good", Double(lessons.good.count))
        if settings.transition != .none { await workshop.record("lessons/spliced", Double(lessons.splices.count)) }
        try await workshop.train(                                                                 // min E[−Σ m_i log π(x_i)]
            on: (lessons.good + lessons.splices).map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: plan)
    }
}
