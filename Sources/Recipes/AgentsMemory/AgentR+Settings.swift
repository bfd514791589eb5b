public import Autodidact

extension AgentR {
    /// Where a bad episode is left.
    public enum Transition: String, Sendable, Hashable, Codable, CaseIterable {
        /// After the first step that the policy itself judges bad, else at the end.
        case judged
        /// At the end: the paper's Direct-Revision.
        case end
        /// Nowhere: good episodes alone are learned from.
        case none
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems that are searched.
        @Setting(
            "problems that are searched in a generation (paper: up to 300 WebShop, 200 ScienceWorld and TextCraft tasks)",
            1...CountLimits.items)
        public var problems = 200
        /// Expansions of each tree.
        @Setting("expansions of each tree (paper: 4 iterations by default, more by environment)", 1...CountLimits.repetitions)
        public var searchRounds = 24
        /// Actions sampled at each.
        @Setting("actions sampled at each expansion (paper: 4)", 1...CountLimits.samples) public var children = 4
        /// The exploration constant of the search.
        @Setting("constant of UCB in the search (paper: 0.25)", 0...100) public var exploration = 0.25
        /// The sampling temperature of actions.
        @Setting("sampling temperature of actions (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// β: by how much a good episode's score must pass a bad one's.
        @Setting("β, by how much a good episode's score must pass a bad one's (paper: 0.2)", 0...1) public var scoreGap = 0.2
        /// α: the least score of a good episode, by generation; the last goes on.
        @Setting("α, least score of a good episode in generation 1, 2, … (paper: 0.5, 0.7, 1.0)", each: 0...1)
        public var goodScores: [Double] = [0.5, 0.7, 1]
        /// Where a bad episode is left.
        @Setting("where a bad episode is left: judged (paper), end (Direct-Revision) or none (good episodes alone)")
        public var transition = Transition.judged
        /// Bad episodes of a problem that are judged and tried.
        @Setting("bad episodes of a problem that are judged and tried, in random order (paper: all)", 1...CountLimits.items)
        public var failuresPerProblem = 16
        /// The most splices that are kept of a problem.
        @Setting("most splices kept of a problem (paper: thousands in all)", 1...CountLimits.samples) public var splicesPerProblem = 4
        /// The most good episodes that are kept of a problem.
        @Setting("most good episodes kept of a problem (paper: 2,000 in all on WebShop)", 0...CountLimits.samples)
        public var goodPerProblem = 2
        /// The most splices and good episodes that a generation learns from; 0 all that are kept.
        @Setting("most lessons of a generation, splices first, then good episodes, drawn at random; 0 = all (paper)", 0...CountLimits.items)
        public var lessons = 0
        /// What is said on turning round: an action that changes nothing.
        @Setting("what is said on turning round, an action that changes nothing (paper: one of about ten thoughts)")
        public var revision = "wait"
        /// Passes over what was kept.
        @Setting("passes over what was kept (paper: not confirmed)", 1...100) public var epochs = 2
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step (paper: not confirmed)", 1...CountLimits.items) public var sequencesPerStep = 32
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: not confirmed)", 1e-9...1) public var learningRate: Float = 3e-4
        /// Optimiser steps of linear warm-up in each generation.
        @Setting("optimiser steps of linear warm-up in each generation", 0...CountLimits.repetitions) public var warmUpSteps = 3

        /// The miniature's values.
        public init() {}

        /// Refuses splices that could not be made, and what would shape them where there are none.
        public func validateTogether() throws(SettingsError) {
            if goodScores.isEmpty { throw .outOfRange(key: "goodScores", value: "", allowed: "one score or more, such as 0.5,0.7,1") }
            if revision.isEmpty { throw .outOfRange(key: "revision", value: "", allowed: "a text") }
            guard transition == .none else {
                return try CountLimits.check(
                    splicesPerProblem, key: "splicesPerProblem", in: 1...failuresPerProblem, as: "failuresPerProblem",
                    is: failuresPerProblem)
            }
            let defaults = Settings()
            let unread = [
                ("scoreGap", scoreGap != defaults.scoreGap), ("failuresPerProblem", failuresPerProblem != defaults.failuresPerProblem),
                ("splicesPerProblem", splicesPerProblem != defaults.splicesPerProblem), ("revision", revision != defaults.revision),
            ]
            for (key, isSet) in unread where isSet { throw .noEffect(key: key, because: "transition none splices nothing") }
        }
    }
}
