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
public struct TextSearchSettings: Sendable, Hashable, Codable {
    /// What an option is.
    public var step = TextStepKind.line
    /// Rounds of each tree; each brings one node.
    public var rounds = 24
    /// Terminal nodes after which a tree has enough; 0 is no limit.
    public var terminals = 0
    /// Steps from the root beyond which nothing is expanded.
    public var depth = 10
    /// c of UCT.
    public var exploration = 1.0
    /// Children for each unit of importance; 0 gives every node the least.
    public var widening = 20.0
    /// What makes a node worth more children.
    public var importance = SearchWidth.Importance.criticValues
    /// What every node may have.
    public var minimumChildren = 2
    /// What no node but the root may pass.
    public var maximumChildren = 6
    /// What the root may not pass.
    public var rootChildren = 8
    /// The least edit distance of sibling steps, in characters; 0 merges nothing.
    public var minimumDistance = 1
    /// How often an option that is too near to a sibling may be drawn again.
    public var resamples = 2
    /// Rollouts from each new node that is no end.
    public var rollouts = 2
    /// w_v.
    public var valueWeight = 1.0
    /// w_r.
    public var outcomeWeight = 1.0
    /// The sampling temperature of options and rollouts.
    public var temperature: Float = 1

    /// The miniature's values.
    public init() {}

    /// Refuses values outside their range, or without effect; `prefix` names the group in messages.
    public func validate(prefix: String = "search.") throws(SettingsError) {
        let counts = [
            ("rounds", rounds, 1, CountLimits.repetitions), ("terminals", terminals, 0, CountLimits.repetitions),
            ("depth", depth, 1, CountLimits.samples), ("minimumChildren", minimumChildren, 1, CountLimits.samples),
            ("maximumChildren", maximumChildren, minimumChildren, CountLimits.samples),
            ("rootChildren", rootChildren, minimumChildren, CountLimits.samples),
            ("minimumDistance", minimumDistance, 0, CountLimits.repetitions), ("resamples", resamples, 0, CountLimits.samples),
            ("rollouts", rollouts, 0, CountLimits.samples),
        ]
        for (key, value, least, most) in counts { try CountLimits.check(value, key: prefix + key, from: least, upTo: most) }
        let numbers = [
            ("exploration", exploration, 0.0), ("widening", widening, 0), ("valueWeight", valueWeight, 0),
            ("outcomeWeight", outcomeWeight, 0),
            ("temperature", Double(temperature), 0.01),
        ]
        for (key, value, least) in numbers where !(value >= least && value <= 1000) {
            throw .outOfRange(key: prefix + key, value: "\(value)", allowed: "from \(least) up to 1000")
        }
        if rollouts == 0 && outcomeWeight != 0 {
            throw .outOfRange(
                key: prefix + "outcomeWeight", value: "\(outcomeWeight)", allowed: "0 where \(prefix)rollouts is 0: nothing is judged")
        }
        if valueWeight == 0 && outcomeWeight == 0 {
            throw .outOfRange(
                key: prefix + "valueWeight", value: "0",
                allowed: "above 0 where \(prefix)outcomeWeight is 0, or all nodes are worth the same")
        }
        if minimumDistance == 0 && resamples != Self().resamples {
            throw .noEffect(key: prefix + "resamples", because: "\(prefix)minimumDistance is 0, so nothing is drawn again")
        }
    }

    /// One line for each key.
    public static var help: [String: String] {
        [
            "step": "what an option is: line or sentence (paper: a sentence, or what a learnt terminator ends)",
            "rounds": "rounds of each tree, one new node each (released code: 40)",
            "terminals": "finished answers after which a tree has enough; 0 = no limit (released code: at least 40)",
            "depth": "most steps of a path (released code: 10)",
            "exploration": "c of Q + c √(ln N(parent) / N) (released code: 1)",
            "widening": "α, children for each unit of importance; 0 = every node has minimumChildren (released code: 2, on wider values)",
            "importance": "critic-values: max |v(child) − v(s)| (paper); returns: max |q(child) − mean q| (released code)",
            "minimumChildren": "what every node may have (released code: 3)",
            "maximumChildren": "what no node but the root may pass (released code: 10)",
            "rootChildren": "what the root may not pass (released code: 40)",
            "minimumDistance": "least edit distance of sibling steps in characters; 0 = no merging (released code: 20, on longer steps)",
            "resamples": "how often an option that is too near to a sibling is drawn again (released code: 5)",
            "rollouts": "fast rollouts from each new node (released code: 4)",
            "valueWeight": "w_v, weight of the value critic in a node's score (released code: 1)",
            "outcomeWeight": "w_r, weight of the rollouts' mean outcome (released code: 1)",
            "temperature": "sampling temperature of options and rollouts",
        ]
    }

    /// The most sequences that are sampled for one tree.
    ///
    /// An option a round, drawn anew as often as a merge may, and the rollouts of the root and of a node a round.
    public var continuationsPerTree: Int {
        rounds * (1 + (minimumDistance > 0 ? resamples : 0)) + (rounds + 1) * rollouts
    }

    /// The most sequences that critics score for one tree: of the root and of a node a round the value, and the outcome or those of rollouts.
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
