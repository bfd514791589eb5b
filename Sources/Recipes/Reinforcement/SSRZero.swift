// SSR-Zero: Simple Self-Rewarding Reinforcement Learning for Machine Translation. Yang et al. arXiv:2505.16637
//
// The policy answers each question several times and then scores its own answers from 0 to 100, without a reference. That number is
// the reward of GRPO. Only the answers are trained on: the judge changes because it shares the weights.
//
// Departures and metrics: SSRZero+Notes.swift. Card: Atlas/ssr-zero.md

public import Autodidact
import Randomness

/// Self-rewarded reinforcement learning: the policy is its own judge.
public struct SSRZero: SelfTaughtRecipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "ssr-zero", name: "SSR-Zero", family: "Reinforcement",
        paper: "SSR-Zero: Simple Self-Rewarding Reinforcement Learning for Machine Translation (Yang et al.)",
        arxiv: "2505.16637", summary: "score one's own answers from 0 to 100 and reinforce by that score",
        needs: [.logprobs, .training, .snapshots], feedback: .none, judges: [.itself])

    /// Whose weights judge.
    public enum JudgeWeights: String, Sendable, Hashable, Codable, CaseIterable {
        /// Those that learn.
        case live
        /// Those that the run began with.
        case base
    }

    /// How a score is read.
    public enum Readout: String, Sendable, Hashable, Codable, CaseIterable {
        /// The mean over the scale under the judge's distribution.
        case expected
        /// A number that the judge writes.
        case sampled
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// Rollout batches, each followed by one update.
        @Setting("rollout batches in a generation (paper: one pass over 13,000 sentences)", 1...CountLimits.repetitions)
        public var steps = 12
        /// Questions of one rollout batch.
        @Setting("questions of a rollout batch (paper: not confirmed)", 1...CountLimits.repetitions) public var questionsPerStep = 64
        /// Answers to each: the group.
        @Setting("answers to each question, the group (paper: not confirmed)", 2...CountLimits.samples) public var samplesPerQuestion = 8
        /// The sampling temperature.
        @Setting("sampling temperature of answers (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of an answer; 0 as many as the task's longest answer needs.
        @Setting("most tokens of an answer; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// Whose weights judge.
        @Setting("whose weights judge: live or base (paper: live)") public var judge = JudgeWeights.live
        /// How a score is read.
        @Setting("how a score is read: expected (from logprobs) or sampled (paper: sampled)") public var readout = Readout.expected
        /// The weight of the KL to the base.
        @Setting("weight of the KL to the base; 0 = no reference is made (paper: not confirmed)", 0...1000) public var klCoefficient = 0.1
        /// The constant learning rate.
        @Setting("constant learning rate (paper: not confirmed)", 1e-9...1) public var learningRate: Float = 1e-4

        /// The miniature's values.
        public init() {}
    }

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// What one generation draws, judges and trains on: of each answer every score's label, or one number that the judge writes.
    public var budget: GenerationBudget {
        let questions = settings.steps * settings.questionsPerStep
        let episodes = questions * settings.samplesPerQuestion
        let hasPenalty = settings.klCoefficient != 0
        return GenerationBudget(
            problems: questions, episodes: episodes, trainedSequences: episodes, optimizerSteps: settings.steps,
            writtenScores: settings.readout == .sampled ? episodes : 0, referenceSequences: hasPenalty ? episodes : 0,
            probeSequences: settings.readout == .expected ? episodes * FeedbackPrompts.scoreAnswers.count : 0,
            references: hasPenalty || settings.judge == .base ? 1 : 0)
    }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: BlindWorkshop) async throws {
        let objective = GroupRelative(klCoefficient: settings.klCoefficient)
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let base = settings.klCoefficient != 0 ? try await workshop.reference(.base) : nil
        let judge = settings.judge == .live ? workshop.policy : try await workshop.reference(.base)
        for step in 0..<settings.steps {
            let groups_P = try await workshop.attempts(                                           // y_1…y_G ~ π(·|s)
                on: try await workshop.questions(settings.questionsPerStep), samplesPerQuestion: settings.samplesPerQuestion,
                options: options)
            let attempts_N = groups_P.flatMap { $0 }
            let score_N = try await scores(of: attempts_N, by: judge, step: step, in: workshop)   // r = judge(s, y) / 100
            await workshop.recordRewards(
                zip(attempts_N, score_N).compactMap { attempt, score in score.map { (attempt: attempt, reward: $0) } })
            var batch: [TrainingExample] = []
            for (group, attempts_G) in groups_P.enumerated() {
                let reward_G = Array(score_N[group * settings.samplesPerQuestion ..< (group + 1) * settings.samplesPerQuestion])
                let advantage_G = groupNormalized(reward_G)                                       // Â = (r − mean r) / std r
                batch += zip(attempts_G, zip(reward_G, advantage_G)).filter { $1.0 != nil }       // what was not read teaches nothing
                    .map { TrainingExample($0, advantage: Float($1.1), group: group) }
            }
            if batch.isEmpty { continue }
            if let base { batch = try await workshop.scored(batch, by: base) }
            try await workshop.step(                                                              // θ ← θ − η ∇L_GRPO on answers only
                on: batch, objective: objective, optimizer: OptimizerParameters(learningRate: settings.learningRate))
        }
    }
}
