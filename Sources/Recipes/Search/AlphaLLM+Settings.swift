public import Autodidact

extension AlphaLLM {
    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems whose rollouts are verified, to teach the critics.
        @Setting("problems whose rollouts are verified, to teach the critics (paper: the training sets' own labels)", 2...CountLimits.items)
        public var labelledProblems = 1024
        /// Rollouts of each.
        @Setting("rollouts of each of them", 1...CountLimits.samples) public var samplesPerProblem = 12
        /// Right and as many wrong responses of each that teach the critics; 0 takes all rollouts as they are.
        @Setting(
            "right and as many wrong responses of each that teach the critics; 0 = all rollouts, as in the paper",
            0...CountLimits.repetitions)
        public var contrasts = 4
        /// Questions that are searched without a verdict.
        @Setting("new questions that are searched, unverified (paper: synthesised from 7,500 seeds)", 1...CountLimits.items)
        public var problems = 512
        /// The search.
        public var search = TextSearchSettings()
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// The outcome critic's score from which on an answer is learned from.
        @Setting("outcome critic's score from which on an answer is learned from (paper: not stated)", 0...1) public var threshold = 0.5
        /// The most answers that are learned from of one question.
        @Setting("most different answers learned from of one question (paper: 1, the best path)", 1...CountLimits.samples)
        public var keptPerProblem = 1
        /// Passes of the critics over their lessons.
        @Setting("passes of the critics over their lessons", 1...100) public var criticEpochs = 5
        /// The critics' learning rate.
        @Setting("learning rate of the critics", 1e-9...1) public var criticLearningRate: Float = 1e-3
        /// Passes over the searched answers.
        @Setting("passes over the searched answers", 1...100) public var epochs = 2
        /// Sequences of one optimiser step, of policy and critics.
        @Setting("sequences of one optimiser step, of policy and critics", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The policy's learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: 5e-6 on 70 billion parameters)", 1e-9...1) public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up.
        @Setting("optimiser steps of linear warm-up", 0...CountLimits.repetitions) public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}
    }
}
