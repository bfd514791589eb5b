extension Objective {
    /// Says what the first sequence lacks that this objective needs, for an error or a precondition; nil where nothing is missing.
    public func missing(in batch: TrainingBatch) -> String? {
        let needed = requirements.sorted { $0.rawValue < $1.rawValue }
        for (i, sequence) in batch.sequences.enumerated() where !sequence.targets.isEmpty {
            for requirement in needed where !requirement.isMet(by: sequence) {
                return "sequence \(i) has no \(requirement.rawValue), which \(Self.self) needs"
            }
        }
        return nil
    }

    /// Stops on a batch that lacks what `requirements` names: a recipe's mistake, never the outcome of an experiment.
    func requireInputs(of batch: TrainingBatch) {
        let missing = missing(in: batch)
        precondition(missing == nil, missing ?? "")
    }
}

extension ObjectiveRequirement {
    /// Whether a sequence carries what is required.
    func isMet(by sequence: TrainingSequence) -> Bool {
        switch self {
        case .advantages: sequence.advantages.count == sequence.targets.count
        case .behaviorLogprobs: sequence.behavior != nil
        case .referenceLogprobs: sequence.reference != nil
        case .reward: sequence.reward != nil
        case .groupReward: sequence.groupReward != nil
        }
    }
}
