// STaR: Bootstrapping Reasoning With Reasoning. Zelikman, Wu, Mu, Goodman. arXiv:2203.14465
// Beyond Human Data: Scaling Self-Training for Problem-Solving with Language Models (ReST-EM). Singh et al. arXiv:2312.06585
// RAFT: Reward rAnked FineTuning for Generative Foundation Model Alignment. Dong et al. arXiv:2304.06767
//
// The policy answers training problems several times. A verifier keeps what is right, and the policy is fine-tuned on a few
// different right answers to each problem. The next generation samples from the policy that came out.
//
// Departures
// - STaR's rationalisation (a hint with the answer, for problems not solved) is left out, as it is in ReST-EM and RAFT.
// - STaR and ReST-EM fine-tune the base model anew in each generation; here, as in RAFT, training goes on from the incumbent unless
//   `start` says restart. What is learned from are this round's responses unless `pool` takes in earlier ones.
// - New problems are drawn in each generation; the papers go over one fixed set.

public import Autodidact
import Randomness

/// Sample, verify, keep what is correct, fine-tune: the loop that most self-training methods refine.
public struct ExpertIteration: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "expert-iteration", name: "Expert iteration", family: "Baselines",
        paper: "STaR: Bootstrapping Reasoning With Reasoning (Zelikman et al.); also ReST-EM (Singh et al.) and RAFT (Dong et al.)",
        arxiv: "2203.14465",
        summary: "sample, verify, keep what is correct, fine-tune on it, repeat",
        needs: [.training, .snapshots], interaction: .any)

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems drawn.
        @Setting("problems drawn in a generation (papers: one fixed set of training problems)", 1...CountLimits.items)
        public var problems = 1000
        /// Responses sampled to each.
        @Setting("responses sampled to each problem (STaR 1, ReST-EM 32)", 1...CountLimits.samples) public var samplesPerProblem = 8
        /// The sampling temperature.
        @Setting("sampling temperature (ReST-EM 0.7 with top-k 40)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// The most correct responses that are kept of a problem.
        @Setting("most different correct responses kept of a problem (STaR 1, ReST-EM 10, RAFT 1)", 1...CountLimits.samples)
        public var keptPerProblem = 4
        /// Passes over what was kept.
        @Setting("passes over the kept responses (papers: until a validation set stops it, or a fixed number of steps)", 1...100)
        public var epochs = 1
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step (STaR 8)", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up (STaR 1e-6 on 6 billion parameters)", 1e-9...1) public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up in each generation.
        @Setting("optimiser steps of linear warm-up in each generation (STaR 100)", 0...CountLimits.repetitions) public var warmUpSteps = 5
        /// What training starts from.
        @Setting("what training starts from: continue = the incumbent (RAFT), restart = the base (STaR, ReST-EM)")
        public var start = RoundSchedule.Start.continue
        /// What becomes of the optimiser's memory.
        @Setting("the optimiser's memory: kept or reset") public var optimizer = RoundSchedule.OptimizerMemory.kept
        /// Whose responses are learned from.
        @Setting("whose responses are learned from: this-round (papers), window:N rounds, or accumulated")
        public var pool = RoundSchedule.Pool.thisRound

        /// The miniature's values.
        public init() {}

        /// Refuses a limit that cannot be reached.
        public func validateTogether() throws(SettingsError) {
            if keptPerProblem > samplesPerProblem && keptPerProblem != Settings().keptPerProblem {
                throw .noEffect(key: "keptPerProblem", because: "no more than samplesPerProblem = \(samplesPerProblem) can be kept")
            }
        }
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most of a first generation: as if all that may be kept were correct.
    public var budget: GenerationBudget { budget(ofGeneration: 1, stepsPerEpisode: 1) }

    /// The same with what `pool` takes in of earlier generations, as if it held no problem twice.
    public func budget(ofGeneration number: Int, stepsPerEpisode: Int) -> GenerationBudget {
        let rounds = 1 + settings.pool.earlier(before: number).count
        let kept = rounds * settings.problems * min(settings.keptPerProblem, settings.samplesPerProblem)
        return GenerationBudget(
            problems: settings.problems, episodes: settings.problems * settings.samplesPerProblem,
            trainedSequences: kept * settings.epochs, optimizerSteps: plan.stepsPerEpoch(examples: kept) * settings.epochs
        )
    }

    /// Whose responses are learned from.
    public var pool: RoundSchedule.Pool { settings.pool }

    private var plan: TrainingPlan { settings.plan }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let problems = try await workshop.problems(settings.problems)                             // x ~ D
        let groups_P = try await workshop.rollouts(                                               // y_1…y_K ~ π(·|x)
            on: problems, samplesPerProblem: settings.samplesPerProblem,
            options: workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        )
        let earlier = try await workshop.pastEpisodes(settings.pool)
        let kept = selectCorrect(                                                                 // { y : V(x, y) = 1 }
            from: [earlier] + groups_P, perProblem: settings.keptPerProblem, seed: workshop.seed("keep")
        )
        await workshop.recordSelection(kept)
        try await workshop.begin(RoundSchedule(start: settings.start, optimizer: settings.optimizer, pool: settings.pool))
        try await workshop.train(                                                                 // θ ← θ + η ∇ Σ log π(y|x)
            on: kept.map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: plan
        )
    }
}
