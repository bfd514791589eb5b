import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Transformer")
struct TransformerTests {
    /// fp32 products in another order, over logprobs of order 5.
    private static let tolerance: Float = 1e-5

    @Test("a logprob does not depend on later tokens")
    func causality() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(1))
        let context = ToyTransformer.tokens(4, SeedTree(root: 1)), targets = ToyTransformer.tokens(20, SeedTree(root: 2))
        let whole = trainer.logprobs([ScoringSequence(context: context, targets: targets)])[0]
        for count in [1, 7, 19] {
            let changed = targets.prefix(count) + ToyTransformer.tokens(20 - count, SeedTree(root: 3))
            let other = trainer.logprobs([ScoringSequence(context: context, targets: Array(changed))])[0]
            #expect(Array(other.prefix(count)).isIdentical(to: Array(whole.prefix(count))))
        }
    }

    @Test("logprobs do not depend on what a sequence is packed with")
    func packing() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(1)), sequences = ToyTransformer.sequences()
        let together = trainer.logprobs(sequences)
        for (sequence, logprobs) in zip(sequences, together) {
            let alone = trainer.logprobs([sequence])[0]
            #expect(
                MatrixProduct.usesKernels
                    ? alone.isIdentical(to: logprobs) : zip(alone, logprobs).allSatisfy { abs($0 - $1) < Self.tolerance })
        }
    }

    @Test("the probabilities of all tokens add up to 1", arguments: [true, false])
    func normalisation(tiesHead: Bool) {
        let trainer = Trainer(ToyTransformer.make(tiesHead: tiesHead), cores: Cores(1))
        let logprobs = trainer.logprobs((0..<37).map { ScoringSequence(context: [3, 1, 4], targets: [$0]) })
        #expect(abs(logprobs.reduce(0) { $0 + Double.exponential($1[0]) } - 1) < 1e-5)
    }

    @Test("initial weights are a function of the seed, gains are 1, biases 0 and residual projections smaller")
    func initialisation() {
        func values(_ seed: UInt64) -> Transformer {
            let transformer = Transformer(
                Architecture(
                    vocabulary: 50, width: 64, feedForward: 96, layers: 8, heads: 4, keyHeads: 2, headWidth: 16, contextLength: 8,
                    biases: .queryKeyValue))
            transformer.initialize(SeedTree(root: seed))
            return transformer
        }
        let one = values(1)
        #expect(one.parameters.storage.floats == values(1).parameters.storage.floats)
        #expect(one.parameters.storage.floats != values(2).parameters.storage.floats)
        var offset = 0
        for specification in one.parameters.specifications {
            let floats = one.parameters.storage.read(offset..<offset + specification.count)
            let deviation = (floats.reduce(0) { $0 + Double($1) * Double($1) } / Double(floats.count)).squareRoot()
            let isResidual = specification.name.hasSuffix("o_proj.weight") || specification.name.hasSuffix("down_proj.weight")
            if specification.name.hasSuffix(".bias") {
                #expect(deviation == 0, "\(specification.name)")
                offset += specification.count
                continue
            }
            let expected = specification.decays ? (isResidual ? 0.005 : 0.02) : 1
            #expect(abs(deviation / expected - 1) < (specification.decays ? 0.1 : 1e-9), "\(specification.name)")
            offset += specification.count
        }
    }
}
