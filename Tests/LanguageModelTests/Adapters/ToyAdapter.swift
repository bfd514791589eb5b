import LanguageModel
import Randomness
import Tensors

/// Adapters of toy transformers whose both factors are random, as after training.
enum ToyAdapter {
    static let configurations = [
        AdapterConfiguration(rank: 3, alpha: 4),
        AdapterConfiguration(rank: 8, alpha: 6, targets: [.query, .value]),
        AdapterConfiguration(rank: 1, alpha: 2, targets: [.key, .up, .down], stabilizesRank: true),
        AdapterConfiguration(rank: 5, alpha: 3, targets: [.attentionOutput, .gate], stabilizesRank: true),
    ]

    /// For a model whose head is not its embedding.
    static let withHead = AdapterConfiguration(rank: 2, alpha: 3, targets: [.query, .head])

    static func make(
        _ transformer: Transformer, _ configuration: AdapterConfiguration = configurations[0], seed: UInt64 = 11, deviation: Double = 0.2
    ) -> LowRankAdapter {
        let adapter = LowRankAdapter(transformer.architecture, configuration)
        var generator = SeedTree(root: seed)("adapter").generator
        adapter.parameters.storage.write((0..<adapter.parameters.count).map { _ in Float(deviation * generator.normal()) })
        adapter.parameters.didChange()
        return adapter
    }
}
