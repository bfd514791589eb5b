import LanguageModel
import Randomness
import Tensors

/// Small decoders with weights large enough that their distributions are worth sampling.
enum ToyTransformer {
    static func make(
        vocabulary: Int = 37, layers: Int = 2, heads: Int = 4, keyHeads: Int = 2, headWidth: Int = 8, contextLength: Int = 64,
        tiesHead: Bool = true, family: ToyFamily = .qwen3, deviation: Double = 0.3
    ) -> Transformer {
        let transformer = Transformer(
            Architecture(
                vocabulary: vocabulary, width: 20, feedForward: 24, layers: layers, heads: heads, keyHeads: keyHeads, headWidth: headWidth,
                rotaryScaling: family.scaling, contextLength: contextLength, tiesHead: tiesHead, normalizesHeads: family == .qwen3,
                biases: family.biases))
        var generator = SeedTree(root: 5).generator
        var offset = 0
        for specification in transformer.parameters.specifications {
            let mean = specification.decays || specification.name.hasSuffix(".bias") ? 0.0 : 1
            transformer.parameters.storage.write(
                (0..<specification.count).map { _ in Float(mean + deviation * generator.normal()) }, at: offset)
            offset += specification.count
        }
        transformer.parameters.didChange()
        return transformer
    }

    /// Random tokens.
    static func tokens(_ count: Int, vocabulary: Int = 37, _ seed: SeedTree) -> [Int32] {
        var generator = seed.generator
        return (0..<count).map { _ in Int32(generator.index(below: vocabulary)) }
    }

    /// Sequences of many lengths, among them a single target after a single token and no target at all.
    static func sequences(vocabulary: Int = 37) -> [ScoringSequence] {
        let lengths = [(1, 1), (1, 20), (5, 0), (17, 16), (3, 30), (33, 2), (2, 7), (9, 9), (16, 1), (1, 40), (4, 4)]
        return lengths.enumerated().map { index, length in
            ScoringSequence(
                context: tokens(length.0, vocabulary: vocabulary, SeedTree(root: 6)("context", index)),
                targets: tokens(length.1, vocabulary: vocabulary, SeedTree(root: 6)("targets", index)))
        }
    }
}

/// What sets open models apart.
enum ToyFamily: CaseIterable {
    case qwen3, qwen2, llama3, biased

    var biases: Architecture.Biases {
        switch self {
        case .qwen3, .llama3: []
        case .qwen2: .queryKeyValue
        case .biased: [.queryKeyValue, .attentionOutput, .feedForward]
        }
    }

    var scaling: RotaryScaling {
        switch self {
        case .qwen3, .qwen2: .none
        case .llama3: .llama3(factor: 4, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 32)
        case .biased: .linear(factor: 2)
        }
    }
}

extension [Float] {
    /// The same floats, bit for bit.
    func isIdentical(to other: [Float]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.bitPattern == $1.bitPattern }
    }
}

extension [[Float]] {
    /// The same floats, bit for bit.
    func isIdentical(to other: [[Float]]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.isIdentical(to: $1) }
    }
}
