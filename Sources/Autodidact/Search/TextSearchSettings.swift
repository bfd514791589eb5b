/// What an option of a search over texts is.
public enum TextStepKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// One line.
    case line
    /// One sentence, or one line.
    case sentence
}

/// A search over texts as part of a recipe's settings: AlphaLLM's search (arXiv:2404.12253), with its values beside the miniature's.
///
/// Recipes that search differently build `TreeSearch` from other parts.
public struct TextSearchSettings: SettingsGroup {
    /// What an option is.
    @Setting("what an option is: line or sentence (paper: a sentence, or what a learnt terminator ends)")
    public var step = TextStepKind.line
    /// Rounds of each tree; each brings one node.
    @Setting("rounds of each tree, one new node each (released code: 40)", 1...CountLimits.repetitions) public var rounds = 24
    /// Terminal nodes after which a tree has enough; 0 is no limit.
    @Setting("finished answers after which a tree has enough; 0 = no limit (released code: at least 40)", 0...CountLimits.repetitions)
    public var terminals = 0
    /// Steps from the root beyond which nothing is expanded.
    @Setting("most steps of a path (released code: 10)", 1...CountLimits.samples) public var depth = 10
    /// c of UCT.
    @Setting("c of Q + c √(ln N(parent) / N) (released code: 1)", 0...1000) public var exploration = 1.0
    /// Children for each unit of importance; 0 gives every node the least.
    @Setting("α, children for each unit of importance; 0 = every node has minimumChildren (released code: 2, on wider values)", 0...1000)
    public var widening = 20.0
    /// What makes a node worth more children.
    @Setting("critic-values: max |v(child) − v(s)| (paper); returns: max |q(child) − mean q| (released code)")
    public var importance = SearchWidth.Importance.criticValues
    /// What every node may have.
    @Setting("what every node may have (released code: 3)", 1...CountLimits.samples) public var minimumChildren = 2
    /// What no node but the root may pass.
    @Setting("what no node but the root may pass (released code: 10)", 1...CountLimits.samples) public var maximumChildren = 6
    /// What the root may not pass.
    @Setting("what the root may not pass (released code: 40)", 1...CountLimits.samples) public var rootChildren = 8
    /// The least edit distance of sibling steps, in characters; 0 merges nothing.
    @Setting(
        "least edit distance of sibling steps in characters; 0 = no merging (released code: 20, on longer steps)",
        0...CountLimits.repetitions)
    public var minimumDistance = 1
    /// How often an option that is too near to a sibling may be drawn again.
    @Setting("how often an option that is too near to a sibling is drawn again (released code: 5)", 0...CountLimits.samples)
    public var resamples = 2
    /// Rollouts from each new node that is no end.
    @Setting("fast rollouts from each new node (released code: 4)", 0...CountLimits.samples) public var rollouts = 2
    /// w_v.
    @Setting("w_v, weight of the value critic in a node's score (released code: 1)", 0...1000) public var valueWeight = 1.0
    /// w_r.
    @Setting("w_r, weight of the rollouts' mean outcome (released code: 1)", 0...1000) public var outcomeWeight = 1.0
    /// The sampling temperature of options and rollouts.
    @Setting("sampling temperature of options and rollouts", 0.01...1000) public var temperature: Float = 1

    /// The miniature's values.
    public init() {}

    /// Refuses bounds that cross, a search in which all nodes are worth the same, and what would have no effect.
    public func validateTogether() throws(SettingsError) {
        for (key, value) in [("maximumChildren", maximumChildren), ("rootChildren", rootChildren)] {
            try CountLimits.check(
                value, key: key, in: minimumChildren...CountLimits.samples, as: "minimumChildren", is: minimumChildren)
        }
        if rollouts == 0 && outcomeWeight != 0 {
            throw .conflict(
                key: "outcomeWeight", value: "\(outcomeWeight)", allowed: "0, as nothing is judged", other: "rollouts", otherValue: "0")
        }
        if valueWeight == 0 && outcomeWeight == 0 {
            throw .conflict(
                key: "valueWeight", value: "0", allowed: "above 0, or all nodes are worth the same", other: "outcomeWeight",
                otherValue: "0")
        }
        let unused = Self().resamples
        if minimumDistance == 0 && resamples != unused {
            throw .conflict(
                key: "resamples", value: "\(resamples)", allowed: "\(unused), the default, as nothing is drawn again",
                other: "minimumDistance", otherValue: "0")
        }
    }

    /// The most sequences that are sampled for one tree.
    ///
    /// An option a round, drawn anew as often as a merge may, and the rollouts of the root and of a node a round.
    public var continuationsPerTree: Int {
        rounds * (1 + (minimumDistance > 0 ? resamples : 0)) + (rounds + 1) * rollouts
    }

    /// The most sequences that critics score for one tree.
    ///
    /// Of the root and of a node a round the value, and the outcome or those of rollouts.
    public var probeSequencesPerTree: Int { (rounds + 1) * (1 + max(1, rollouts)) * LabelProbe.labelsOfTwo }

    /// Where steps end, in responses of at most so many tokens.
    public func segmenter(maximumTokens: Int) -> StepSegmenter {
        switch step {
        case .line: .line(maximumTokens: maximumTokens)
        case .sentence: .sentence(maximumTokens: maximumTokens)
        }
    }

    /// The search over trees that these settings describe.
    var search: TreeSearch<TextState> {
        let merge = SiblingMerge<TextState>(minimumDistance: Double(minimumDistance), resamples: resamples) { first, second in
            Double(editDistance(Array(first.steps.last?.text ?? ""), Array(second.steps.last?.text ?? "")))
        }
        return TreeSearch(
            selection: .uct(exploration: exploration),
            width: .adaptive(
                alpha: widening, minimum: minimumChildren, maximum: maximumChildren, rootMaximum: rootChildren, importance: importance),
            merge: minimumDistance > 0 ? merge : nil, weights: CriticWeights(value: valueWeight, outcome: outcomeWeight, reward: 0),
            budget: SearchBudget(rounds: rounds, depth: depth, terminals: terminals > 0 ? terminals : nil))
    }
}
