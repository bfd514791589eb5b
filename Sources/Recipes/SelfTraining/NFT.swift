// Bridging Supervised Learning and Reinforcement Learning in Math Reasoning (Negative-aware Fine-Tuning). Chen, Zheng, Zhang, Jiang,
// Gu, Du, Liu, Wang, Zhu, Ping, Zheng, Xu. arXiv:2505.18116
//
// Each problem is answered several times and verified. Right answers are learned from as in supervised fine-tuning; wrong ones through
// the negative policy that the trained policy implies, so that making them less likely is maximum likelihood too. On fresh samples the
// gradient is that of Dr. GRPO; without wrong answers (`negativeWeight` 0) it is rejection-sampling fine-tuning.
//
// Departures and metrics: NFT+Notes.swift. Card: Atlas/nft.md

public import Autodidact

/// Supervised learning that also learns from wrong answers.
public struct NFT: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "nft", name: "NFT", family: "SelfTraining",
        paper: "Bridging Supervised Learning and Reinforcement Learning in Math Reasoning (Chen et al.)",
        arxiv: "2505.18116",
        summary: "maximum likelihood of right answers, and of wrong ones under the negative policy that the trained one implies",
        needs: [.training, .snapshots], interaction: .any)

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// Rollout batches, each followed by its updates.
        @Setting("rollout batches in a generation (paper: 320 at 7 billion parameters)", 1...CountLimits.repetitions) public var steps = 60
        /// Problems of one rollout batch.
        @Setting("problems of a rollout batch (paper: 512)", 1...CountLimits.repetitions) public var problemsPerStep = 64
        /// Responses sampled to each: the group.
        @Setting("responses to each problem, the group (paper: 16)", 2...CountLimits.samples) public var samplesPerProblem = 8
        /// How many batches may be sampled to fill one with groups that have right and wrong answers.
        @Setting("most batches sampled to fill one with groups that have right and wrong answers (paper: 10)", 1...100)
        public var samplingRounds = 1
        /// The sampling temperature.
        @Setting("sampling temperature (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// Optimiser steps on each rollout batch, each on a part of it.
        @Setting(
            "optimiser steps on each rollout batch, each on a part of it; 1 = on-policy, the gradient is Dr. GRPO's (paper: 16)", 1...100)
        public var updatesPerStep = 1
        /// α: how much wrong answers count.
        @Setting("weight of wrong answers; 0 = rejection-sampling fine-tuning (paper: 1)", 0...10) public var negativeWeight = 1.0
        /// ω: how much a problem counts, by its success rate.
        @Setting("weight of a problem by success rate r: failure-rate = 1 − r (paper), normalized = √((1 − r)/r), uniform")
        public var problemWeight = NegativeAware.ProblemWeight.failureRate
        /// ε: below which a wrong token's implicit ratio does not fall in value.
        @Setting("least value of a wrong token's implicit ratio; its gradient passes below (paper: 1)", 1e-6...1) public var floor = 1.0
        /// The constant learning rate.
        @Setting("constant learning rate (paper: 1e-6 on 7 billion parameters)", 1e-9...1) public var learningRate: Float = 1e-4

        /// The miniature's values.
        public init() {}

        /// Refuses a floor that nothing falls to.
        public func validateTogether() throws(SettingsError) {
            guard floor != Settings().floor else { return }
            if negativeWeight == 0 { throw .noEffect(key: "floor", because: "with negativeWeight 0 wrong answers are not learned from") }
            if updatesPerStep == 1 { throw .noEffect(key: "floor", because: "with updatesPerStep 1 the implicit ratio is always 1") }
        }
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws and trains on: as if every sampling round were needed and every group mixed.
    public var budget: GenerationBudget {
        let kept = settings.steps * settings.problemsPerStep * settings.samplesPerProblem
        return GenerationBudget(
            problems: settings.steps * settings.problemsPerStep * settings.samplingRounds, episodes: kept * settings.samplingRounds,
            trainedSequences: kept, optimizerSteps: settings.steps * settings.updatesPerStep
        )
    }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let objective = NegativeAware(
            problemWeight: settings.problemWeight, negativeWeight: settings.negativeWeight, floor: settings.floor,
            divisor: options.maximumTokens)
        for _ in 0..<settings.steps {                                                             // for each iteration
            let groups_P = try await mixedGroups(in: workshop, options: options)                  //   a_1…a_G ~ π_old(·|q), c_i = V(q, a_i)
            let batch = groups_P.enumerated().flatMap { examples($1, group: $0) }                 //   r_q = mean c_i
            if batch.isEmpty { continue }
            let plan = TrainingPlan(
                sequencesPerStep: (batch.count + settings.updatesPerStep - 1) / settings.updatesPerStep,
                optimizer: OptimizerParameters(learningRate: settings.learningRate))
            try await workshop.train(on: batch, objective: objective, plan: plan)                 //   θ ← θ − η ∇ L_NFT (eq. 10)
        }
    }

    /// Groups with right and wrong answers; the others teach nothing and are replaced as far as the rounds allow.
    private func mixedGroups(in workshop: Workshop, options: SamplingOptions) async throws -> [[Episode]] {
        var mixed: [[Episode]] = []
        for _ in 0..<settings.samplingRounds where mixed.count < settings.problemsPerStep {
            let problems = try await workshop.problems(settings.problemsPerStep)
            let groups = try await workshop.rollouts(on: problems, samplesPerProblem: settings.samplesPerProblem, options: options)
            let kept = groups.filter { group in
                successRate(of: group.map(\.verdict)).map { $0 > 0 && $0 < 1 } ?? false
            }
            await workshop.record("groups/mixed", Double(kept.count) / Double(groups.count))
            mixed += kept
        }
        return Array(mixed.prefix(settings.problemsPerStep))
    }

    /// The judged responses of a group with what the objective reads.
    private func examples(_ episodes_G: [Episode], group: Int) -> [TrainingExample] {
        let rate = successRate(of: episodes_G.map(\.verdict)).map { Float($0) }
        return episodes_G.filter { $0.verdict.reward != nil }.map { episode in
            TrainingExample(episode, group: group, reward: episode.verdict.isCorrect ? 1 : 0, groupReward: rate)
        }
    }
}
