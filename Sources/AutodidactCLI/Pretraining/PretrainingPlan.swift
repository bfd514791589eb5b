import LanguageModel

/// Everything that decides what `seedling` becomes.
struct PretrainingPlan: Sendable, Codable {
    /// The seed of weights and texts.
    var seed: UInt64 = 1
    /// The most tokens in the vocabulary: specials, 256 bytes, and as many merges as the tasks' texts give.
    var vocabulary = 448
    /// Width of the residual stream.
    var width = 128
    /// Width of the feed-forward blocks.
    var feedForward = 384
    /// Blocks.
    var layers = 5
    /// Query heads of 32.
    var heads = 4
    /// Key heads.
    var keyHeads = 2
    /// Positions.
    var contextLength = 1024
    /// Optimiser steps.
    var steps = 7000
    /// Demonstrations in each step.
    var sequencesPerStep = 64
    /// Highest learning rate: reached after the warm-up, then a cosine down to a tenth.
    var learningRate: Float = 3e-3
    /// Steps of warm-up.
    var warmUp = 200
    /// Decay of matrices.
    var weightDecay: Float = 0.05
    /// Texts that the tokenizer is learnt from.
    var tokenizerTexts = 40_000
    /// How probably a label among the judging demonstrations is random.
    var labelNoise = 0.05
    /// How often each level of each task occurs, relative to the others.
    var mixture: [Share] = [
        Share(task: "countdown", level: 1, weight: 10), Share(task: "countdown", level: 2, weight: 30),
        Share(task: "countdown", level: 3, weight: 6),
        Share(task: "arithmetic", level: 1, weight: 6), Share(task: "arithmetic", level: 2, weight: 12),
        Share(task: "arithmetic", level: 3, weight: 4),
        Share(task: "keydoor", level: 1, weight: 1), Share(task: "keydoor", level: 2, weight: 4),
        Share(task: "keydoor", level: 3, weight: 1),
        Share(task: "translation", level: 1, weight: 4), Share(task: "translation", level: 2, weight: 10),
        Share(task: "translation", level: 3, weight: 4),
        Share(task: "choice", level: 1, weight: 8), Share(task: "choice", level: 2, weight: 8),
        Share(task: "choice", level: 3, weight: 2),
        Share(.revision, task: "arithmetic", level: 1, weight: 3), Share(.revision, task: "arithmetic", level: 2, weight: 2),
        Share(.yesNo, task: "arithmetic", level: 1, weight: 7), Share(.yesNo, task: "arithmetic", level: 2, weight: 4),
        Share(.yesNo, task: "countdown", level: 2, weight: 4),
        Share(.score, task: "translation", level: 1, weight: 3), Share(.score, task: "translation", level: 2, weight: 7),
        Share(.step, task: "keydoor", level: 1, weight: 2), Share(.step, task: "keydoor", level: 2, weight: 5),
    ]

    /// One task and level among the demonstrations.
    struct Share: Sendable, Codable {
        let form: DemonstrationForm
        let task: String
        let level: Int
        let weight: Int

        init(_ form: DemonstrationForm = .answer, task: String, level: Int, weight: Int) {
            (self.form, self.task, self.level, self.weight) = (form, task, level, weight)
        }
    }

    /// The text that ends every demonstration.
    static let endOfText = "<|endoftext|>"

    func configuration(vocabulary: Int) throws(ConfigurationError) -> ModelConfiguration {
        try ModelConfiguration(
            vocabularySize: vocabulary, hiddenSize: width, intermediateSize: feedForward, layers: layers, attentionHeads: heads,
            keyValueHeads: keyHeads, headDimension: 32, maxPositions: contextLength, tiesWordEmbeddings: true, eosTokenIDs: [0],
            padTokenID: 0, dtype: .bfloat16)
    }
}
