/// A sequence to learn from together with the problem it comes from, so that nothing is learned whose origin is unknown.
public struct TrainingExample: Sendable, Hashable {
    /// What the sequence answers; must be of the training split.
    public let problem: Problem
    /// The tokens, and what the objective reads with them.
    public var sequence: TrainingSequence

    /// A sequence and its origin.
    public init(problem: Problem, sequence: TrainingSequence) {
        self.problem = problem
        self.sequence = sequence
    }

    /// An episode, token for token as it was sampled; only the policy's own turns carry loss.
    ///
    /// - Parameters:
    ///   - advantage: The advantage of each trained token, where the objective reads one.
    ///   - group: The number shared by the episodes of one problem.
    public init(_ episode: Episode, advantage: Float? = nil, group: Int = 0) {
        let first = episode.turns.firstIndex { $0.isTrainable } ?? episode.turns.endIndex
        let learned = episode.turns[first...]
        let targets = learned.flatMap(\.tokens)
        let mask = learned.flatMap { turn in turn.tokens.map { _ in turn.isTrainable } }
        let behavior = learned.flatMap { turn in turn.logprobs?.values ?? turn.tokens.map { _ in 0 } }
        problem = episode.problem
        sequence = TrainingSequence(
            context: episode.turns[..<first].flatMap(\.tokens),
            targets: targets,
            mask: mask.allSatisfy { $0 } ? nil : mask,
            advantages: advantage.map { Array(repeating: $0, count: targets.count) } ?? [],
            behavior: Logprobs(behavior),
            group: group
        )
    }

    /// The same example with the logprobs of a reference policy.
    func referenced(_ reference: Logprobs<FullVocabulary>) -> TrainingExample {
        TrainingExample(
            problem: problem,
            sequence: TrainingSequence(
                context: sequence.context, targets: sequence.targets, mask: sequence.mask, weight: sequence.weight,
                advantages: sequence.advantages, behavior: sequence.behavior, reference: reference, group: sequence.group,
                klWeights: sequence.klWeights, reward: sequence.reward, groupReward: sequence.groupReward
            )
        )
    }
}
