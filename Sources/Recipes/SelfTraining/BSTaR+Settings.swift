public import Autodidact

extension BSTaR {
    /// How temperature and threshold are chosen.
    public enum Configuration: String, Sendable, Hashable, Codable, CaseIterable {
        /// By the balance score on probe problems.
        case balanced
        /// As set: online rejection-sampling fine-tuning.
        case fixed
        /// At random in each generation: the control.
        case random
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// How temperature and threshold are chosen.
        @Setting("balanced = temperature and threshold by the balance score (paper), fixed = as set, random = the control")
        public var configuration = Configuration.balanced
        /// Problems drawn to learn from.
        @Setting("problems drawn in a generation (paper: about 11,500, one fixed set)", 1...CountLimits.items) public var problems = 400
        /// Responses sampled to each, of the probe's problems too: n.
        @Setting("responses to each problem, of the probe too (paper: 64)", 1...CountLimits.samples) public var samplesPerProblem = 32
        /// Problems probed at each temperature.
        @Setting("balanced: problems probed at each temperature (paper: about 1,000)", 1...CountLimits.items) public var probeProblems = 60
        /// The temperatures tried.
        @Setting("temperatures tried (paper: 0.5 to 1.2 in steps of 0.05)", each: 0.01...10)
        public var temperatures: [Float] = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2]
        /// The temperature of `fixed`.
        @Setting("fixed: sampling temperature (paper's baselines: 1)", 0.01...10) public var temperature: Float = 1
        /// The threshold of `fixed`.
        @Setting("fixed: rewards must lie above it; correct is 1, process reward −0.2 to 0.2 (paper tries −1 to 1)", -2...2)
        public var threshold = 0.5
        /// The responses of a problem, on average, that the cap must let pass.
        @Setting("mean of responses kept of a problem that the cap must let pass (paper: about 6)", 0.1...Double(CountLimits.samples))
        public var keptPerProblem = 4.0
        /// The most responses that a generation learns from; 0 all that are kept.
        @Setting("most responses that a generation learns from, drawn at random; 0 = all that are kept (paper)", 0...CountLimits.items)
        public var lessons = 0
        /// The correct responses of a problem that are enough: n*.
        @Setting("correct responses of a problem that are enough, n* (paper: 8)", 1...CountLimits.samples) public var correctPerProblem = 4
        /// Problems whose steps train the process critic; 0 for the verdict alone.
        @Setting(
            "problems whose steps train the process critic; 0 = the verdict is the reward (paper: a trained PRM)",
            0...CountLimits.items)
        public var criticProblems = 0
        /// Episodes of each of those, and continuations of each step.
        @Setting("episodes of each of those, and continuations of each step (Math-Shepherd: 8)", 1...CountLimits.samples)
        public var criticSamples = 4
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs (paper: 768)", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step (paper: 128)", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: 4e-6 falling to 2e-7 over all generations, 7 billion parameters)", 1e-9...1)
        public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up in each generation.
        @Setting("optimiser steps of linear warm-up in each generation", 0...CountLimits.repetitions) public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}

        /// Refuses what the configuration does not read.
        public func validateTogether() throws(SettingsError) {
            try CountLimits.check(temperatures.count, key: "temperatures", from: 1, upTo: CountLimits.items)
            let defaults = Settings()
            func refuse(_ key: String, unless isRead: Bool, isChanged: Bool) throws(SettingsError) {
                if isChanged && !isRead { throw .noEffect(key: key, because: "configuration \(configuration.rawValue) does not read it") }
            }
            try refuse("temperature", unless: configuration == .fixed, isChanged: temperature != defaults.temperature)
            try refuse("threshold", unless: configuration == .fixed, isChanged: threshold != defaults.threshold)
            try refuse("temperatures", unless: configuration != .fixed, isChanged: temperatures != defaults.temperatures)
            try refuse("probeProblems", unless: configuration == .balanced, isChanged: probeProblems != defaults.probeProblems)
            if criticProblems == 0 && criticSamples != defaults.criticSamples {
                throw .noEffect(key: "criticSamples", because: "there is no critic with criticProblems 0")
            }
        }
    }
}
