/// What a recipe needs that a task or a policy does not offer.
public enum RecipeMisfit: Sendable, Hashable, CustomStringConvertible {
    /// The recipe acts in environments, the task is a single turn.
    case needsEnvironment
    /// The recipe answers in one turn, the task takes several.
    case needsSingleTurn(turns: Int)
    /// The policy lacks something.
    case lacks([Capability])

    /// What is needed, and what there is instead: completes "the recipe needs …".
    public var description: String {
        switch self {
        case .needsEnvironment: "an environment of several turns, which this task is not"
        case .needsSingleTurn(let turns): "a task of one turn, and this one takes up to \(turns)"
        case .lacks(let missing): missing.map(\.rawValue).joined(separator: " and ") + ", which this policy does not offer"
        }
    }
}

extension RecipeCard {
    /// Why the recipe cannot practise a task with a policy of these capabilities; empty where it can.
    ///
    /// Every task has a verifier, so where the reward comes from excludes none. Judges and critics are the policy itself or its copy: they
    /// ask for no more than `needs`.
    public func misfits(with task: TaskCard, capabilities: Set<Capability> = Set(Capability.allCases)) -> [RecipeMisfit] {
        var misfits: [RecipeMisfit] = []
        switch interaction {
        case .environment where task.maximumTurns == 1: misfits.append(.needsEnvironment)
        case .singleTurn where task.maximumTurns > 1: misfits.append(.needsSingleTurn(turns: task.maximumTurns))
        case .environment, .singleTurn, .any: break
        }
        // Every run is rolled back through snapshots.
        let missing = needs.union([.snapshots]).subtracting(capabilities)
        if !missing.isEmpty { misfits.append(.lacks(missing.sorted { $0.rawValue < $1.rawValue })) }
        return misfits
    }

    /// What the recipe asks of task and policy, in words for lists: sorted capabilities, then what is asked of the task, then judges.
    public var requirements: [String] {
        var words = needs.map(\.rawValue).sorted()
        if feedback != .none { words.append("verifier") }
        if interaction == .environment { words.append("environment") }
        if judges.contains(.critic) { words.append("second policy") }
        return words
    }
}
