/// What a generation did in its workshop, for whoever runs generations without a loop.
package struct GenerationAccount: Sendable, Hashable {
    /// Episodes made for training.
    package let episodes: Int
    /// How many of those were correct.
    package let correct: Int
    /// Tokens sampled for training.
    package let tokensSampled: Int
    /// Tokens that passed through the trainer.
    package let tokensTrained: Int
    /// The named figures: `docs/METRICS.md`.
    package let metrics: [String: Double]
}

extension Workshop {
    /// What happened here so far.
    package var account: GenerationAccount {
        GenerationAccount(
            episodes: tally.episodes.count, correct: tally.correct, tokensSampled: tally.tokensSampled,
            tokensTrained: tally.tokensTrained, metrics: tally.metrics)
    }
}
