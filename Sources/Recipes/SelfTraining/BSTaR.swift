// B-STaR: Monitoring and Balancing Exploration and Exploitation in Self-Taught Reasoners. Zeng, Huang, Zhao, Wang, Shan, He.
// arXiv:2412.17256
//
// Online rejection-sampling fine-tuning whose sampling temperature and reward threshold are chosen anew in each generation. A few problems
// are probed at every temperature; each threshold, with the smallest cap that keeps enough responses, is worth a balance score: enough
// different correct responses, and few wrong ones. The best temperature samples all problems, the threshold is searched again on them.
//
// Departures and metrics: BSTaR+Notes.swift. Card: Atlas/b-star.md

public import Autodidact
import Randomness

/// Rejection-sampling fine-tuning that tunes its own temperature and reward threshold by a balance of exploration and exploitation.
public struct BSTaR: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "b-star", name: "B-STaR", family: "SelfTraining",
        paper: "B-STaR: Monitoring and Balancing Exploration and Exploitation in Self-Taught Reasoners (Zeng et al.)",
        arxiv: "2412.17256",
        summary: "choose temperature and reward threshold anew in each generation by the yield and precision of what would be kept",
        needs: [.logprobs, .training, .snapshots], judges: [.critic])

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most of episodes of one step: as if the threshold kept all responses, and no two were the same.
    public var budget: GenerationBudget { budget(ofGeneration: 1, stepsPerEpisode: 1) }

    /// The same with a critic that reads every step of a response, and is taught every one of its own episodes'.
    ///
    /// All steps of these but the last are continued to find their values.
    public func budget(ofGeneration number: Int, stepsPerEpisode steps: Int) -> GenerationBudget {
        let probes = settings.configuration == .balanced ? settings.probeProblems : 0
        let all = settings.problems * settings.samplesPerProblem
        let kept = settings.lessons > 0 ? min(settings.lessons, all) : all
        let candidates = (settings.problems + probes * settings.temperatures.count) * settings.samplesPerProblem
        let taught = settings.criticProblems * settings.criticSamples
        let hasCritic = taught > 0
        return GenerationBudget(
            problems: settings.problems + probes + settings.criticProblems, episodes: candidates + taught, trainedSequences: kept,
            optimizerSteps: plan.stepsPerEpoch(examples: kept), continuations: taught * max(0, steps - 1) * settings.criticSamples,
            probeSequences: hasCritic ? candidates * steps * LabelProbe.labelsOfTwo : 0, criticSequences: taught * steps,
            criticSteps: plan.stepsPerEpoch(examples: taught * steps), critics: hasCritic ? 1 : 0
        )
    }

    private var plan: TrainingPlan {
        TrainingPlan(
            sequencesPerStep: settings.sequencesPerStep, warmUpSteps: settings.warmUpSteps,
            optimizer: OptimizerParameters(learningRate: settings.learningRate)
        )
    }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let critic = try await critic(in: workshop)                                               // PRM
        let choice = try await configuration(in: workshop, critic: critic)                        // T*: argmax of mean bs over the probe
        let problems = try await workshop.problems(settings.problems)                             // x ~ D
        let groups_P = try await workshop.rollouts(                                               // y_1…y_n ~ π(·|x; T*)
            on: problems, samplesPerProblem: settings.samplesPerProblem, options: options(choice.temperature, workshop)
        )
        let ranked_P = try await ranked(groups_P, by: critic, in: workshop, isMonitored: true)    // reward = ORM + min PRM / 5
        let tuner = ConfigurationTuner(thresholds: choice.thresholds, keptPerProblem: settings.keptPerProblem)
        let best = tuner.choice(for: ranked_P, value: balance)                                    // τ*: argmax of mean bs
        var kept = zip(groups_P, ranked_P).flatMap { group, ranked in
            ranked.kept(above: best.threshold, cap: best.cap).map { group[$0.member] }            // { y : reward > τ* }, at most cap
        }
        if settings.lessons > 0 { kept = kept.drawn(settings.lessons, key: workshop.seed("lessons")) }
        await workshop.record("tuning/temperature", Double(choice.temperature))
        await workshop.record("tuning/threshold", best.threshold)
        await workshop.record("tuning/cap", Double(best.cap))
        await workshop.record("tuning/balance", best.value)
        await workshop.recordSelection(kept)
        try await workshop.train(                                                                 // θ ← θ + η ∇ Σ log π(y|x), one pass
            on: kept.map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: plan
        )
    }

    /// The temperature of this generation, and the thresholds that its samples are to be tried with.
    private func configuration(
        in workshop: Workshop, critic: ProcessCritic?
    ) async throws -> (temperature: Float, thresholds: [Double]) {
        let grid = ConfigurationTuner(keptPerProblem: settings.keptPerProblem).thresholds
        switch settings.configuration {
        case .fixed:
            return (settings.temperature, [settings.threshold])
        case .random:
            var generator = workshop.seed("configuration").generator
            let temperature = settings.temperatures[generator.index(below: settings.temperatures.count)]
            return (temperature, [grid[generator.index(below: grid.count)]])
        case .balanced:
            let problems = try await workshop.problems(settings.probeProblems)
            var probes: [[RankedResponses]] = []
            for temperature in settings.temperatures {
                let groups = try await workshop.rollouts(
                    on: problems, samplesPerProblem: settings.samplesPerProblem, options: options(temperature, workshop))
                probes.append(try await ranked(groups, by: critic, in: workshop, isMonitored: false))
            }
            let tuner = ConfigurationTuner(thresholds: grid, keptPerProblem: settings.keptPerProblem)
            guard let best = tuner.best(of: probes, value: balance) else { return (settings.temperature, grid) }
            await workshop.record("tuning/probe_balance", best.choice.value)
            return (settings.temperatures[best.probe], grid)
        }
    }

    private func balance(_ kept_P: [ArraySlice<ScoredResponse>]) -> Double {
        meanOverProblems(kept_P) { balanceScore(of: $0, target: settings.correctPerProblem) }
    }

    private func options(_ temperature: Float, _ workshop: Workshop) -> SamplingOptions {
        workshop.sampling(temperature: temperature, maximumTokens: settings.maximumTokens)
    }
}
