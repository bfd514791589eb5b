import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Trainer")
struct TrainerTests {
    /// Mean negative logprob over all targets.
    private static func slopes(_ logprobs: [[Float]]) -> [[Float]] {
        let count = Float(logprobs.reduce(0) { $0 + $1.count })
        return logprobs.map { $0.map { _ in -1 / count } }
    }

    private static func meanLoss(_ logprobs: [[Float]]) -> Float {
        -logprobs.joined().reduce(0, +) / Float(logprobs.reduce(0) { $0 + $1.count })
    }

    @Test("several steps give the same parameters on one core and on two, bit for bit", arguments: [true, false], ToyFamily.allCases)
    func coreCount(tiesHead: Bool, family: ToyFamily) {
        let results = [1, 2].map { cores in
            let trainer = Trainer(ToyTransformer.make(tiesHead: tiesHead, family: family), cores: Cores(cores))
            var logprobs: [[Float]] = []
            for _ in 1...4 {
                trainer.accumulate(ToyTransformer.sequences(), evaluate: Self.slopes)
                _ = trainer.step(AdamW.Settings(learningRate: 1e-2, weightDecay: 0.1, maximumNorm: 1))
                logprobs += trainer.logprobs(ToyTransformer.sequences())
            }
            return (logprobs, trainer.transformer.parameters.storage.floats, trainer.optimizer.secondMoment.floats)
        }
        #expect(results[0].0.isIdentical(to: results[1].0))
        #expect(results[0].1.isIdentical(to: results[1].1) && results[0].2.isIdentical(to: results[1].2))
    }

    @Test("an objective is shown the logprobs that scoring gives", .enabled(if: MatrixProduct.usesKernels))
    func accumulateScores() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2)), sequences = ToyTransformer.sequences()
        let expected = trainer.logprobs(sequences)
        trainer.accumulate(sequences) { logprobs in
            #expect(logprobs.isIdentical(to: expected))
            return Self.slopes(logprobs)
        }
    }

    @Test("gradients of parts add up to the gradient of the whole")
    func partsAddUp() {
        func gradient(_ parts: [[ScoringSequence]]) -> [Float] {
            let trainer = Trainer(ToyTransformer.make(), cores: Cores(2))
            for part in parts { trainer.accumulate(part) { $0.map { $0.map { _ in 1 } } } }
            _ = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0))
            return trainer.optimizer.firstMoment.floats
        }
        let all = ToyTransformer.sequences()
        let whole = gradient([all]), parts = gradient([Array(all[..<4]), [], Array(all[4...])])
        let scale = whole.map(abs).max() ?? 0
        #expect(zip(whole, parts).allSatisfy { abs($0 - $1) < 1e-5 * scale })
    }

    @Test(
        "a batch beyond the limit of activations goes through in parts: the same logprobs, the same gradient",
        .enabled(if: MatrixProduct.usesKernels))
    func activationLimit() {
        func gradient(_ limit: Int) -> (shown: [[Float]], gradient: [Float]) {
            let trainer = Trainer(ToyTransformer.make(), cores: Cores(2), activationLimit: limit)
            var shown: [[Float]] = []
            trainer.accumulate(ToyTransformer.sequences()) { logprobs in
                shown = logprobs
                return Self.slopes(logprobs)
            }
            _ = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0))
            return (shown, trainer.optimizer.firstMoment.floats)
        }
        let whole = gradient(Trainer.activationLimit)
        for limit in [1, 20_000] {
            let parts = gradient(limit)
            #expect(parts.shown.isIdentical(to: whole.shown))
            let scale = whole.gradient.map(abs).max() ?? 0
            #expect(zip(whole.gradient, parts.gradient).allSatisfy { abs($0 - $1) < 1e-5 * scale })
        }
    }

    @Test("a toy that can be memorised is memorised")
    func memorises() {
        let trainer = Trainer(ToyTransformer.make(deviation: 0.1), cores: Cores(2))
        let sequences = (0..<6).map { index in
            ScoringSequence(context: [Int32(index)], targets: ToyTransformer.tokens(8, SeedTree(root: 1)("target", index)))
        }
        let before = Self.meanLoss(trainer.logprobs(sequences))
        for _ in 1...150 {
            trainer.accumulate(sequences, evaluate: Self.slopes)
            _ = trainer.step(AdamW.Settings(learningRate: 1e-2, maximumNorm: 1))
        }
        let after = Self.meanLoss(trainer.logprobs(sequences))
        #expect(before > 2 && after < 0.05, "from \(before) to \(after)")
        #expect(trainer.stepCount == 150)
    }

    @Test("weight decay shrinks matrices and leaves gains alone")
    func weightDecay() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2)), parameters = trainer.transformer.parameters
        let before = parameters.storage.floats
        trainer.accumulate(ToyTransformer.sequences()) { $0.map { $0.map { _ in 0 } } }
        let outcome = trainer.step(AdamW.Settings(learningRate: 0.5, weightDecay: 0.5))
        #expect(outcome.applied && outcome.gradientNorm == 0)
        let after = parameters.storage.floats
        var offset = 0
        for specification in parameters.specifications {
            let range = offset..<offset + specification.count
            #expect(Array(after[range]) == before[range].map { specification.decays ? $0 * 0.75 : $0 }, "\(specification.name)")
            #expect(specification.decays == (specification.shape.count == 2), "\(specification.name)")
            offset = range.upperBound
        }
    }

    @Test("a gradient that is not finite is refused and leaves no trace", arguments: [Float.nan, .infinity, -.infinity])
    func nonFinite(slope: Float) {
        let settings = AdamW.Settings(learningRate: 1e-2, maximumNorm: 1), sequences = ToyTransformer.sequences()
        let disturbed = Trainer(ToyTransformer.make(), cores: Cores(2)), calm = Trainer(ToyTransformer.make(), cores: Cores(2))
        for trainer in [disturbed, calm] {
            trainer.accumulate(sequences, evaluate: Self.slopes)
            _ = trainer.step(settings)
        }
        let before = disturbed.transformer.parameters.storage.floats
        disturbed.accumulate(sequences) { logprobs in
            var slopes = Self.slopes(logprobs)
            slopes[3][2] = slope
            return slopes
        }
        let outcome = disturbed.step(settings)
        #expect(!outcome.applied && !outcome.gradientNorm.isFinite && disturbed.stepCount == 1)
        #expect(disturbed.transformer.parameters.storage.floats.isIdentical(to: before))
        for trainer in [disturbed, calm] {
            trainer.accumulate(sequences, evaluate: Self.slopes)
            #expect(trainer.step(settings).applied)
        }
        #expect(disturbed.transformer.parameters.storage.floats.isIdentical(to: calm.transformer.parameters.storage.floats))
    }

    @Test("clipping scales the gradient to the given norm")
    func clipping() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2))
        trainer.accumulate(ToyTransformer.sequences(), evaluate: Self.slopes)
        let outcome = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0, maximumNorm: 0.01))
        let clipped = trainer.optimizer.firstMoment.floats.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(outcome.gradientNorm > 0.01 && abs(clipped / 0.01 - 1) < 1e-5)
    }

    @Test("no sequences, and sequences without targets, change nothing")
    func nothing() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2))
        #expect(trainer.logprobs([]).isEmpty)
        let silent = [ScoringSequence(context: [1], targets: []), ScoringSequence(context: [1, 2], targets: [])]
        #expect(trainer.logprobs(silent) == [[], []])
        trainer.accumulate([]) { $0 }
        trainer.accumulate(silent) { $0 }
        #expect(trainer.step(AdamW.Settings(learningRate: 1)).gradientNorm == 0)
    }
}
