import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Tensors

/// A model to time: of known size with random weights, or one from a directory.
struct BenchModel: Sendable {
    let name: String
    let directory: ModelDirectory

    /// The models that are measured where none is named: width, blocks and width of the feed-forward part.
    static let sizes: [(name: String, width: Int, layers: Int, feedForward: Int)] = [("0.83M", 128, 4, 384), ("4.8M", 256, 6, 768)]
    /// Those of the scaling table.
    static let scalingSizes: [(name: String, width: Int, layers: Int, feedForward: Int)] = [
        ("0.3M", 64, 4, 256), ("0.83M", 128, 4, 384), ("4.8M", 256, 6, 768), ("19M", 512, 6, 1536), ("51M", 768, 7, 2304),
    ]

    private static let vocabulary = 320

    /// Random weights, without an end-of-text token, so that every sample is as long as asked for.
    init(_ size: (name: String, width: Int, layers: Int, feedForward: Int)) throws {
        let configuration = try ModelConfiguration(
            vocabularySize: Self.vocabulary, hiddenSize: size.width, intermediateSize: size.feedForward, layers: size.layers,
            attentionHeads: size.width / 32, keyValueHeads: size.width / 64, headDimension: 32, maxPositions: 4096,
            tiesWordEmbeddings: true)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(SeedTree(root: 0)(named: size.name))
        name = size.name
        directory = ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [], padTokenID: nil),
            tokenizer: try BPETrainer(vocabularySize: Self.vocabulary, specialTokens: [PretrainingPlan.endOfText]).train(
                on: TokenizerBench.pages().prefix(20)),
            transformer: transformer)
    }

    /// The model in a directory in Hugging Face layout, without its end-of-text tokens.
    init(_ folder: URL) throws {
        let model = try ModelDirectory(folder)
        let sizes = model.transformer.architecture
        guard sizes.contextLength >= 80 && sizes.vocabulary >= 2 else {
            throw BadInput(
                "\(folder.path)/config.json says max_position_embeddings \(sizes.contextLength) and vocab_size \(sizes.vocabulary); bench "
                    + "samples sequences of 80 positions from at least 2 tokens: name another model")
        }
        name = folder.lastPathComponent
        directory = ModelDirectory(
            configuration: model.configuration, generation: GenerationConfiguration(eosTokenIDs: [], padTokenID: nil),
            tokenizer: model.tokenizer, transformer: model.transformer)
    }

    var parameters: Int { directory.transformer.parameters.count }

    private var sizes: Architecture { directory.transformer.architecture }

    /// Rows and columns of every matrix that a token passes through.
    var matrices: [(outputs: Int, inputs: Int)] {
        let a = sizes, heads = a.heads * a.headWidth
        let block = [
            (heads + 2 * a.keyHeads * a.headWidth, a.width), (a.width, heads), (2 * a.feedForward, a.width), (a.width, a.feedForward),
        ]
        return (0..<a.layers).flatMap { _ in block } + [(a.vocabulary, a.width)]
    }

    /// Operations that the products of one token take, forwards.
    var productOperations: Double { matrices.reduce(0) { $0 + 2 * Double($1.outputs * $1.inputs) } }

    /// Operations that attention of one token over so many positions takes, forwards: scores and weighted values.
    func attentionOperations(positions: Double) -> Double { 4 * Double(sizes.layers * sizes.heads * sizes.headWidth) * positions }

    /// Bytes of all matrices.
    var matrixBytes: Double { matrices.reduce(0) { $0 + 4 * Double($1.outputs * $1.inputs) } }

    /// Bytes of keys and values that one position takes.
    var cacheBytes: Double { 8 * Double(sizes.layers * sizes.keyHeads * sizes.headWidth) }

    /// Random token sequences.
    func sequences(_ count: Int, length: Int, key: SeedTree) -> [[Int32]] {
        var generator = key.generator
        return (0..<count).map { _ in (0..<length).map { _ in Int32(1 + generator.index(below: sizes.vocabulary - 1)) } }
    }
}
