import Backends
import LanguageModel
import Randomness
import Tensors

/// A model of known size with random weights, to time.
struct BenchModel: Sendable {
    let name: String
    let width: Int
    let layers: Int
    let feedForward: Int

    static let all = [
        BenchModel(name: "0.83M", width: 128, layers: 4, feedForward: 384),
        BenchModel(name: "4.8M", width: 256, layers: 6, feedForward: 768),
    ]

    static let vocabulary = 320

    /// Rows and columns of every matrix that a token passes through.
    var matrices: [(outputs: Int, inputs: Int)] {
        let block = [(2 * width, width), (width, width), (2 * feedForward, width), (width, feedForward)]
        return (0..<layers).flatMap { _ in block } + [(Self.vocabulary, width)]
    }

    /// The model, without an end-of-text token, so that every sample is as long as asked for.
    func directory() throws -> ModelDirectory {
        let configuration = try ModelConfiguration(
            vocabularySize: Self.vocabulary, hiddenSize: width, intermediateSize: feedForward, layers: layers,
            attentionHeads: width / 32, keyValueHeads: width / 64, headDimension: 32, maxPositions: 1024, tiesWordEmbeddings: true)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(SeedTree(root: 0)(named: name))
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [], padTokenID: nil),
            tokenizer: try BPETrainer(vocabularySize: 257, specialTokens: [PretrainingPlan.endOfText]).train(on: [String]()),
            transformer: transformer)
    }

    /// Random token sequences.
    func sequences(_ count: Int, length: Int, key: SeedTree) -> [[Int32]] {
        var generator = key.generator
        return (0..<count).map { _ in (0..<length).map { _ in Int32(1 + generator.index(below: Self.vocabulary - 1)) } }
    }
}
