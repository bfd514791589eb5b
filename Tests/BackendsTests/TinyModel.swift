import LanguageModel
import Randomness
import Tensors

/// A model small enough for tests: a byte tokenizer and random weights.
enum TinyModel {
    static func make(seed: UInt64 = 1, context: Int = 64) throws -> ModelDirectory {
        let tokenizer = try BPETrainer(vocabularySize: 257, specialTokens: ["<|endoftext|>"]).train(on: [])
        let configuration = try ModelConfiguration(
            vocabularySize: 288, hiddenSize: 32, intermediateSize: 48, layers: 2, attentionHeads: 4, keyValueHeads: 2, headDimension: 16,
            maxPositions: context, tiesWordEmbeddings: true, eosTokenIDs: [0], padTokenID: 0)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(SeedTree(root: seed))
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0), tokenizer: tokenizer,
            transformer: transformer)
    }
}
