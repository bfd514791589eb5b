/// A sequence to learn from together with the question it comes from, so that nothing is learned whose origin is unknown.
public struct TrainingExample: Sendable, Hashable {
    /// What the sequence answers; must be of the training split.
    public let question: Question
    /// The tokens, and what the objective reads with them.
    public var sequence: TrainingSequence
    /// The tokens that a context must have room for where this is to be learned; those of the sequence unless it is one answer of several.
    let neededContext: Int

    /// A sequence and its origin.
    public init(question: Question, sequence: TrainingSequence) {
        self.init(question: question, sequence: sequence, neededContext: sequence.tokenCount)
    }

    /// A sequence that is left out where another of so many tokens would be.
    init(question: Question, sequence: TrainingSequence, neededContext: Int) {
        self.question = question
        self.sequence = sequence
        self.neededContext = neededContext
    }

    /// An episode, token for token as it was sampled; only the policy's own turns carry loss.
    ///
    /// - Parameters:
    ///   - advantage: The advantage of each trained token, where the objective reads one.
    ///   - group: The number shared by the episodes of one problem.
    ///   - reward: The scalar that objectives over pairs and sets compare.
    ///   - groupReward: The mean of it over the whole group.
    public init(
        _ episode: Episode, advantage: Float? = nil, group: Int = 0, reward: Float? = nil, groupReward: Float? = nil
    ) {
        self.init(episode.attempt, advantage: advantage, group: group, reward: reward, groupReward: groupReward)
    }

    /// An attempt, in the same way.
    public init(
        _ attempt: Attempt, advantage: Float? = nil, group: Int = 0, reward: Float? = nil, groupReward: Float? = nil
    ) {
        let spans = attempt.turns.map { Span($0, advantage: advantage) }
        self.init(SpanSample(question: attempt.question, spans: spans), group: group, reward: reward, groupReward: groupReward)
    }

    /// The same example with the logprobs of a reference policy.
    func referenced(_ reference: Logprobs<FullVocabulary>) -> TrainingExample {
        TrainingExample(question: question, sequence: sequence.referenced(reference), neededContext: neededContext)
    }
}
