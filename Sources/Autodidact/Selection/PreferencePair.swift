/// Two responses to one problem with their rewards, for objectives over pairs.
public struct PreferencePair: Sendable, Hashable {
    /// One response.
    public let first: TrainingExample
    /// The other.
    public let second: TrainingExample
    /// The reward of `first`; the response of the higher reward is chosen.
    public let firstReward: Float
    /// The reward of `second`.
    public let secondReward: Float
    /// Whether `second` was drawn from the reference: it gets advantage −1 for `Pairwise`'s linear term (XPO, arXiv:2405.21046).
    public let secondIsReferenceSample: Bool

    /// A pair of responses, none drawn from the reference unless told otherwise.
    public init(
        _ first: TrainingExample, reward firstReward: Float, _ second: TrainingExample, reward secondReward: Float,
        secondIsReferenceSample: Bool = false
    ) {
        self.first = first
        self.second = second
        self.firstReward = firstReward
        self.secondReward = secondReward
        self.secondIsReferenceSample = secondIsReferenceSample
    }

    /// The two examples of the pair; `group` must not be another pair's of the same batch.
    public func examples(group: Int) -> [TrainingExample] {
        [
            first.paired(reward: firstReward, advantage: 0, group: group),
            second.paired(reward: secondReward, advantage: secondIsReferenceSample ? -1 : 0, group: group),
        ]
    }
}

extension TrainingExample {
    /// The same example with what an objective over pairs reads.
    fileprivate func paired(reward: Float, advantage: Float, group: Int) -> TrainingExample {
        var example = self
        example.sequence = TrainingSequence(
            context: sequence.context, targets: sequence.targets, mask: sequence.mask, weight: sequence.weight,
            advantages: sequence.targets.map { _ in advantage }, behavior: sequence.behavior, reference: sequence.reference, group: group,
            klWeights: sequence.klWeights, reward: reward, groupReward: sequence.groupReward)
        return example
    }
}
