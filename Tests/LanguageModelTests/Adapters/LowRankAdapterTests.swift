import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Low-rank adapters")
struct LowRankAdapterTests {
    private static func slopes(_ logprobs: [[Float]]) -> [[Float]] {
        let count = Float(logprobs.reduce(0) { $0 + $1.count })
        return logprobs.map { $0.map { _ in -1 / count } }
    }

    private static func largestDifference(_ a: [[Float]], _ b: [[Float]]) -> Float {
        zip(a.joined(), b.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    @Test("a new adapter changes nothing, and its first factors are spread within ±1/√inputs")
    func initialisation() {
        let transformer = ToyTransformer.make(), sequences = ToyTransformer.sequences()
        let adapter = LowRankAdapter(transformer.architecture, AdapterConfiguration(rank: 8, alpha: 16))
        adapter.initialize(SeedTree(root: 1))
        let base = Trainer(transformer, cores: Cores(1)).logprobs(sequences)
        #expect(Trainer(transformer, adapter: adapter, cores: Cores(1)).logprobs(sequences) == base)
        for array in adapter.namedArrays {
            if array.name.hasSuffix("lora_B.weight") {
                #expect(array.floats.allSatisfy { $0 == 0 })
            } else {
                let bound = 1 / Float(array.shape[1]).squareRoot(), largest = array.floats.map(abs).max() ?? 0
                #expect(array.shape[0] == 8 && largest <= bound && largest > 0.9 * bound, "\(array.name)")
                #expect(abs(array.floats.reduce(0, +) / Float(array.floats.count)) < 0.2 * bound)
            }
        }
        let again = LowRankAdapter(transformer.architecture, adapter.configuration)
        again.initialize(SeedTree(root: 1))
        #expect(again.parameters.storage.floats == adapter.parameters.storage.floats)
        again.initialize(SeedTree(root: 2))
        #expect(again.parameters.storage.floats != adapter.parameters.storage.floats)
    }

    @Test("the scale is alpha by rank, or by its root with rank stabilisation")
    func scale() {
        #expect(AdapterConfiguration(rank: 16, alpha: 8).scale == 0.5)
        #expect(AdapterConfiguration(rank: 16, alpha: 8, stabilizesRank: true).scale == 2)
    }

    @Test(
        "merged into the weights it gives the logprobs that it gives beside them",
        arguments: ToyAdapter.configurations + [ToyAdapter.withHead],
        ToyFamily.allCases)
    func merging(configuration: AdapterConfiguration, family: ToyFamily) {
        let transformer = ToyTransformer.make(tiesHead: false, family: family), sequences = ToyTransformer.sequences()
        let adapter = ToyAdapter.make(transformer, configuration)
        let base = Trainer(transformer, cores: Cores(2)).logprobs(sequences)
        let beside = Trainer(transformer, adapter: adapter, cores: Cores(2)).logprobs(sequences)
        #expect(Self.largestDifference(base, beside) > 0.01)
        let merged = ToyTransformer.make(tiesHead: false, family: family)
        adapter.merge(into: merged)
        #expect(Self.largestDifference(Trainer(merged, cores: Cores(2)).logprobs(sequences), beside) < 1e-5)
    }

    @Test(
        "what the trainer accumulates equals central differences for every factor",
        arguments: ToyAdapter.configurations.map { ($0, ToyFamily.qwen3) }
            + [(ToyAdapter.configurations[0], .biased), (ToyAdapter.withHead, .llama3)])
    func gradient(configuration: AdapterConfiguration, family: ToyFamily) {
        let transformer = ToyTransformer.make(vocabulary: 23, tiesHead: false, family: family)
        let adapter = ToyAdapter.make(transformer, configuration)
        let trainer = Trainer(transformer, adapter: adapter, cores: Cores(2)), parameters = adapter.parameters
        let sequences = ToyTransformer.sequences(vocabulary: 23)
        var generator = SeedTree(root: 7).generator
        let weights = sequences.map { sequence in sequence.targets.map { _ in Float(generator.normal()) } }
        func loss() -> Double {
            zip(weights.joined(), trainer.logprobs(sequences).joined()).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        trainer.accumulate(sequences) { _ in weights }
        // With β1 = 0 the first moment is the gradient, and a learning rate of 0 leaves the parameters alone.
        #expect(trainer.step(AdamW.Settings(learningRate: 0, beta1: 0)).applied)
        let gradient = trainer.optimizer.firstMoment.floats
        var offset = 0
        for specification in parameters.specifications {
            let range = offset..<offset + specification.count
            let norm = (gradient[range].reduce(0) { $0 + Double($1) * Double($1) } / Double(range.count)).squareRoot()
            #expect(norm > 0, "\(specification.name) has no gradient")
            for _ in 0..<4 {
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
                #expect(abs(analytic - numeric) / max(abs(analytic), abs(numeric), norm) < 1e-2, "\(specification.name)")
            }
            offset = range.upperBound
        }
    }

    @Test("learning moves the factors alone: the base stays bit for bit, moments are two for each factor")
    func learning() {
        let transformer = ToyTransformer.make(), base = transformer.parameters.storage.floats
        let adapter = LowRankAdapter(transformer.architecture, AdapterConfiguration(rank: 8, alpha: 16))
        adapter.initialize(SeedTree(root: 3))
        let trainer = Trainer(transformer, adapter: adapter, cores: Cores(2))
        let sequences = (0..<6).map { index in
            ScoringSequence(context: [Int32(index)], targets: ToyTransformer.tokens(8, SeedTree(root: 1)("target", index)))
        }
        func loss() -> Float { -trainer.logprobs(sequences).joined().reduce(0, +) / 48 }
        let before = loss()
        for _ in 1...150 {
            trainer.accumulate(sequences, evaluate: Self.slopes)
            #expect(trainer.step(AdamW.Settings(learningRate: 2e-2, maximumNorm: 1)).applied)
        }
        let after = loss()
        #expect(before > 2 && after < 0.3, "from \(before) to \(after)")
        #expect(transformer.parameters.storage.floats.isIdentical(to: base))
        let state = trainer.optimizer.firstMoment.count + trainer.optimizer.secondMoment.count
        #expect(state == 2 * adapter.parameters.count && adapter.parameters.count < transformer.parameters.count)
    }

    @Test("several steps give the same factors on one core and on two, bit for bit")
    func coreCount() {
        let results = [1, 2].map { cores in
            let transformer = ToyTransformer.make(), adapter = ToyAdapter.make(transformer)
            let trainer = Trainer(transformer, adapter: adapter, cores: Cores(cores))
            for _ in 1...4 {
                trainer.accumulate(ToyTransformer.sequences(), evaluate: Self.slopes)
                _ = trainer.step(AdamW.Settings(learningRate: 1e-2, weightDecay: 0.1, maximumNorm: 1))
            }
            return adapter.parameters.storage.floats
        }
        #expect(results[0].isIdentical(to: results[1]))
    }

    @Test(
        "sampled logprobs are the trainer's, bit for bit, on any number of cores", arguments: SamplerLogprobTests.rules,
        [ToyAdapter.configurations[0], ToyAdapter.withHead])
    func sampling(rule: DrawRule, configuration: AdapterConfiguration) {
        let transformer = ToyTransformer.make(tiesHead: false), adapter = ToyAdapter.make(transformer, configuration)
        func samples(_ cores: Int, _ requests: [ContinuationRequest]) -> [[SampledSequence]] {
            Sampler(transformer, adapter: adapter, cores: Cores(cores)).sample(requests, rule: rule, maximumTokens: 40, stopTokens: [0, 1])
        }
        let requests = SamplerLogprobTests.requests, drawn = samples(2, requests)
        #expect(drawn == samples(1, requests))
        let pairs = zip(requests, drawn).flatMap { request, group in
            group.map { (ScoringSequence(context: request.prompt, targets: $0.tokens), $0.logprobs) }
        }
        let scored = Trainer(transformer, adapter: adapter, cores: Cores(2)).logprobs(pairs.map(\.0))
        if MatrixProduct.usesKernels {
            #expect(scored.isIdentical(to: pairs.map(\.1)))
            for index in [0, 4, 7] { #expect(samples(2, [requests[index]])[0] == drawn[index], "alone or among others") }
        } else {
            #expect(Self.largestDifference(scored, pairs.map(\.1)) < 1e-5)
        }
    }

    @Test("two adapters learn at the same time over one base, each as if it were alone")
    func several() async {
        let transformer = ToyTransformer.make(), base = transformer.parameters.storage.floats
        let sequences = ToyTransformer.sequences()
        @Sendable func learned(_ transformer: Transformer, _ number: Int) -> [Float] {
            let adapter = ToyAdapter.make(transformer, ToyAdapter.configurations[number], seed: UInt64(number))
            let trainer = Trainer(transformer, adapter: adapter, cores: Cores(1))
            for _ in 1...5 {
                trainer.accumulate(sequences, evaluate: Self.slopes)
                _ = trainer.step(AdamW.Settings(learningRate: 1e-2, maximumNorm: 1))
            }
            return adapter.parameters.storage.floats + trainer.logprobs(sequences).joined()
        }
        async let first = Task.detached { learned(transformer, 0) }.value
        async let second = Task.detached { learned(transformer, 1) }.value
        let together = await [first, second]
        for number in 0..<2 { #expect(together[number].isIdentical(to: learned(ToyTransformer.make(), number))) }
        #expect(transformer.parameters.storage.floats.isIdentical(to: base))
    }
}
