// DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models. Shao, Wang, Zhu, Xu, Song, Bi, Zhang, Zhang,
// Li, Wu, Guo. arXiv:2402.03300
//
// Group Relative Policy Optimization: each problem is answered several times, and a response's advantage is its reward relative to
// those of its group, so that no value model is needed. The policy is updated with PPO's clipped surrogate. A penalty can keep it
// near a reference policy.
//
// Departures
// - The reward is the verifier's verdict instead of a reward model's score (outcome supervision, §4.1.2).
// - The reference is the incumbent that the generation began with; the penalty is off unless asked for (the paper: β = 0.04).
// - At a temperature other than 1 the ratio is still taken between the models' own distributions, not between the tempered ones.
// - Groups without variance carry no signal and are dropped, so the loss is the mean over the remaining sequences.

public import Autodidact

/// Group Relative Policy Optimization on verified rewards.
public struct GRPO: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "grpo", name: "GRPO", family: "Baselines",
        paper: "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models (Shao et al.)",
        arxiv: "2402.03300",
        summary: "policy gradient on rewards relative to the other responses to the same problem",
        needs: [.logprobs, .training, .snapshots], interaction: .any)

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// Rollout batches, each followed by its updates.
        @Setting("rollout batches in a generation (paper: one pass over 144,000 questions)", 1...CountLimits.repetitions)
        public var steps = 60
        /// Problems of one rollout batch.
        @Setting("problems of a rollout batch (paper: 16, as 1,024 responses in groups of 64)", 1...CountLimits.repetitions)
        public var problemsPerStep = 64
        /// Responses sampled to each: the group.
        @Setting("responses to each problem, the group (paper: 64)", 2...CountLimits.samples) public var samplesPerProblem = 8
        /// The sampling temperature.
        @Setting("sampling temperature (paper: not stated)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs (paper: 1,024)", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// Optimiser steps on each rollout batch.
        @Setting("optimiser steps on each rollout batch (paper: 1)", 1...100) public var updatesPerStep = 1
        /// How far the ratio may fall below 1.
        @Setting("how far the ratio may fall below 1 (paper: ε, not stated; PPO 0.2)", 0...1) public var clipLow = 0.2
        /// How far the ratio may rise above 1.
        @Setting("how far the ratio may rise above 1 (paper: ε, not stated; PPO 0.2)", 0...1000) public var clipHigh = 0.2
        /// The weight of the KL to the policy that the generation began with.
        @Setting("weight of the KL to the generation's first policy; 0 = no reference is made (paper: 0.04)", 0...1000)
        public var klCoefficient = 0.0
        /// The constant learning rate.
        @Setting("constant learning rate (paper: 1e-6 on 7 billion parameters)", 1e-9...1) public var learningRate: Float = 1e-4

        /// The miniature's values.
        public init() {}

        /// Refuses clip bounds where the ratio is always 1.
        public func validateTogether() throws(SettingsError) {
            guard updatesPerStep == 1 else { return }
            let defaults = Settings()
            let clips = [("clipLow", clipLow != defaults.clipLow), ("clipHigh", clipHigh != defaults.clipHigh)]
            for (key, isChanged) in clips where isChanged {
                throw .noEffect(key: key, because: "with updatesPerStep 1 the ratio is always 1, so nothing is clipped")
            }
        }
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws and trains on: as if no group were dropped.
    public var budget: GenerationBudget {
        let problems = settings.steps * settings.problemsPerStep
        let episodes = problems * settings.samplesPerProblem
        let updates = settings.updatesPerStep
        let hasPenalty = settings.klCoefficient != 0
        return GenerationBudget(
            problems: problems, episodes: episodes, trainedSequences: episodes * updates, optimizerSteps: settings.steps * updates,
            referenceSequences: hasPenalty ? episodes : 0, references: hasPenalty ? 1 : 0
        )
    }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let objective = GroupRelative(clipLow: settings.clipLow, clipHigh: settings.clipHigh, klCoefficient: settings.klCoefficient)
        let optimizer = OptimizerParameters(learningRate: settings.learningRate)
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let hasPenalty = settings.klCoefficient != 0
        let reference = hasPenalty ? try await workshop.reference(.generationStart) : nil         // π_ref ← π_θ
        for _ in 0..<settings.steps {                                                             // for step = 1…M
            let problems = try await workshop.problems(settings.problemsPerStep)                  //   D_b ~ D
            let groups_P = try await workshop.rollouts(                                           //   o_1…o_G ~ π_old(·|q)
                on: problems, samplesPerProblem: settings.samplesPerProblem, options: options
            )
            var batch = groups_P.enumerated().flatMap { group, episodes_G in
                examples(episodes_G, group: group)                                                //   Â_i = (r_i − mean r) / std r
            }
            if batch.isEmpty { continue }
            if let reference { batch = try await workshop.scored(batch, by: reference) }
            for _ in 0..<settings.updatesPerStep {                                                //   for iteration = 1…μ
                try await workshop.step(on: batch, objective: objective, optimizer: optimizer)    //     maximise J_GRPO (eq. 3)
            }
        }
    }

    /// The judged responses of a group with their advantages; none where all rewards are equal.
    private func examples(_ episodes_G: [Episode], group: Int) -> [TrainingExample] {
        let advantage_G = groupNormalized(episodes_G.map(\.verdict.reward))
        guard advantage_G.contains(where: { $0 != 0 }) else { return [] }
        return zip(episodes_G, advantage_G).filter { $0.0.verdict.reward != nil }.map { episode, advantage in
            TrainingExample(episode, advantage: Float(advantage), group: group)
        }
    }
}
