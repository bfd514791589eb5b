import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Gradient of the whole transformer")
struct TransformerGradientTests {
    /// fp32 differences at distance 1/128 over two blocks, relative to the parameter array's gradient.
    private static let tolerance = 1e-2

    @Test(
        "what the trainer accumulates equals central differences for every array of parameters", arguments: [true, false], [1, 2, 4])
    func gradient(tiesHead: Bool, keyHeads: Int) {
        check(ToyTransformer.make(vocabulary: 23, keyHeads: keyHeads, tiesHead: tiesHead))
    }

    @Test("and so it does for biases, heads without norms and stretched positions", arguments: ToyFamily.allCases)
    func gradient(family: ToyFamily) {
        check(ToyTransformer.make(vocabulary: 23, tiesHead: false, family: family))
    }

    private func check(_ transformer: Transformer) {
        let trainer = Trainer(transformer, cores: Cores(2)), parameters = transformer.parameters
        let sequences = ToyTransformer.sequences(vocabulary: 23)
        var generator = SeedTree(root: 7).generator
        let weights = sequences.map { sequence in sequence.targets.map { _ in Float(generator.normal()) } }
        func loss() -> Double {
            zip(weights.joined(), trainer.logprobs(sequences).joined()).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        trainer.accumulate(sequences) { _ in weights }
        // With β1 = 0 the first moment is the gradient, and a learning rate of 0 leaves the parameters alone.
        let outcome = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0))
        let gradient = trainer.optimizer.firstMoment.floats
        #expect(outcome.applied)
        var offset = 0, worst = 0.0
        for specification in parameters.specifications {
            let range = offset..<offset + specification.count
            let norm = (gradient[range].reduce(0) { $0 + Double($1) * Double($1) } / Double(range.count)).squareRoot()
            #expect(norm > 0, "\(specification.name) has no gradient")
            var error = 0.0
            for _ in 0..<6 {
                let index = range.lowerBound + generator.index(below: range.count)
                let value = parameters.storage.read(index..<index + 1)[0]
                func moved(_ distance: Float) -> Double {
                    parameters.storage.write([value + distance], at: index)
                    parameters.didChange()
                    return loss()
                }
                let h: Float = 1.0 / 128
                let numeric = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * Double(h))
                _ = moved(0)
                let analytic = Double(gradient[index])
                error = max(error, abs(analytic - numeric) / max(abs(analytic), abs(numeric), norm))
            }
            #expect(error < Self.tolerance, "\(specification.name)")
            worst = max(worst, error)
            offset = range.upperBound
        }
        #expect(worst > 0)
    }
}
