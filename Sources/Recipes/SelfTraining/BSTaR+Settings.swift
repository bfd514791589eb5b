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
        public var configuration = Configuration.balanced
        /// Problems drawn to learn from.
        public var problems = 400
        /// Responses sampled to each, of the probe's problems too: n.
        public var samplesPerProblem = 32
        /// Problems probed at each temperature.
        public var probeProblems = 60
        /// The temperatures tried.
        public var temperatures: [Float] = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2]
        /// The temperature of `fixed`.
        public var temperature: Float = 1
        /// The threshold of `fixed`.
        public var threshold = 0.5
        /// The responses of a problem, on average, that the cap must let pass.
        public var keptPerProblem = 4.0
        /// The correct responses of a problem that are enough: n*.
        public var correctPerProblem = 4
        /// Problems whose steps train the process critic; 0 for the verdict alone.
        public var criticProblems = 0
        /// Episodes of each of those, and continuations of each step.
        public var criticSamples = 4
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        public var maximumTokens = 0
        /// Sequences of one optimiser step.
        public var sequencesPerStep = 64
        /// The learning rate after warm-up.
        public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up in each generation.
        public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}

        /// Refuses values outside their range, and those that the configuration does not read.
        public func validate() throws(SettingsError) {
            try require(
                1...CountLimits.items,
                [
                    "problems": problems, "sequencesPerStep": sequencesPerStep, "probeProblems": probeProblems,
                    "temperatures": temperatures.count,
                ])
            try require(
                1...CountLimits.samples,
                ["samplesPerProblem": samplesPerProblem, "correctPerProblem": correctPerProblem, "criticSamples": criticSamples])
            try require(0...CountLimits.repetitions, ["maximumTokens": maximumTokens, "warmUpSteps": warmUpSteps])
            try require(0...CountLimits.items, ["criticProblems": criticProblems])
            for temperature in temperatures + [temperature] { try require(0.01...10, ["temperatures": Double(temperature)]) }
            try require(-2...2, ["threshold": threshold])
            try require(0.1...Double(CountLimits.samples), ["keptPerProblem": keptPerProblem])
            try require(1e-9...1, ["learningRate": Double(learningRate)])
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

        /// One line for each key.
        public static var help: [String: String] {
            [
                "configuration": "balanced = temperature and threshold by the balance score (paper), fixed = as set, random = the control",
                "problems": "problems drawn in a generation (paper: about 11,500, one fixed set)",
                "samplesPerProblem": "responses to each problem, of the probe too (paper: 64)",
                "probeProblems": "balanced: problems probed at each temperature (paper: about 1,000)",
                "temperatures": "temperatures tried (paper: 0.5 to 1.2 in steps of 0.05)",
                "temperature": "fixed: sampling temperature (paper's baselines: 1)",
                "threshold": "fixed: rewards must lie above it; correct is 1, process reward −0.2 to 0.2 (paper tries −1 to 1)",
                "keptPerProblem": "mean of responses kept of a problem that the cap must let pass (paper: about 6)",
                "correctPerProblem": "correct responses of a problem that are enough, n* (paper: 8)",
                "criticProblems": "problems whose steps train the process critic; 0 = the verdict is the reward (paper: a trained PRM)",
                "criticSamples": "episodes of each of those, and continuations of each step (Math-Shepherd: 8)",
                "maximumTokens": "most tokens of a response; 0 = as many as the task's longest answer needs (paper: 768)",
                "sequencesPerStep": "sequences of one optimiser step (paper: 128)",
                "learningRate": "learning rate after warm-up (paper: 4e-6 falling to 2e-7 over all generations, 7 billion parameters)",
                "warmUpSteps": "optimiser steps of linear warm-up in each generation",
            ]
        }
    }
}
