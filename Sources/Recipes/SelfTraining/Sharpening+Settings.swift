public import Autodidact

extension Sharpening {
    /// How the likeliest responses are learned.
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// Imitation of the best of N.
        case sft
        /// Regression of log-ratios onto rewards, over pairs.
        case rlhf
        /// The same online, with optimism against the reference's samples.
        case xpo
    }

    /// What a response is worth to the policy itself.
    public enum SelfReward: String, Sendable, Hashable, Codable, CaseIterable {
        /// log π_base of the whole response, nats.
        case likelihood
        /// The same for each token.
        case lengthNormalized = "length-normalized"
        /// 1 for the answer that most of the N samples give, else 0.
        case majority
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// How the likeliest responses are learned.
        @Setting("sft = imitate the best of N, rlhf = regress log-ratios onto rewards, xpo = the same online with exploration")
        public var method = Method.sft
        /// What a response is worth.
        @Setting("likelihood = log π_base of the response (paper), length-normalized, or majority of the N answers")
        public var reward = SelfReward.likelihood
        /// Questions drawn.
        @Setting("questions drawn in a generation (paper: one fixed set of prompts)", 1...CountLimits.items) public var questions = 1000
        /// Responses sampled to each: N.
        @Setting("responses to each question, N (paper: 50)", 2...CountLimits.samples) public var samplesPerQuestion = 16
        /// Parts of the questions, each sampled by the policy that the parts before it made; only for `xpo`.
        @Setting("xpo: parts of the questions, each sampled by the policy that the parts before it made", 1...CountLimits.items)
        public var rounds = 1
        /// The sampling temperature.
        @Setting("sampling temperature (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting(
            "most tokens of a response; 0 = as many as the task's longest answer needs (paper: 256 to 512)",
            0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// β: the pull towards the base, for `rlhf` and `xpo`.
        @Setting("rlhf, xpo: pull towards the base; the optimum is its power 1 + 1/beta (paper: a free parameter)", 1e-4...1000)
        public var beta = 1.0
        /// α: optimism of `xpo`.
        @Setting("xpo: bonus against the base's own samples (paper: a free parameter)", 0...10) public var optimism = 0.01
        /// Passes over what is learned.
        @Setting("passes over what is learned (paper: 3)", 1...100) public var epochs = 1
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: 3e-4 to 1e-3 for low-rank adapters)", 1e-9...1) public var learningRate: Float = 3e-4
        /// Optimiser steps of linear warm-up.
        @Setting("optimiser steps of linear warm-up", 0...CountLimits.repetitions) public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}

        /// Refuses what the method does not read, and more rounds than questions.
        public func validateTogether() throws(SettingsError) {
            try CountLimits.check(rounds, key: "rounds", from: 1, upTo: questions)
            let defaults = Settings()
            if method == .sft && beta != defaults.beta { throw .noEffect(key: "beta", because: "method sft has no KL") }
            if method != .xpo && optimism != defaults.optimism { throw .noEffect(key: "optimism", because: "only method xpo explores") }
            if method != .xpo && rounds != defaults.rounds { throw .noEffect(key: "rounds", because: "only method xpo samples anew") }
            if method == .xpo && reward == .majority {
                throw .outOfRange(key: "reward", value: reward.rawValue, allowed: "likelihood or length-normalized with method xpo")
            }
        }
    }
}
