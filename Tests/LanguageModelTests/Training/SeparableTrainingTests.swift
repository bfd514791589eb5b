import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Training on batches that can be taken apart")
struct SeparableTrainingTests {
    /// dLoss/dlogprob of each token from its own logprob: what an objective that can be taken apart returns.
    private static func slopes(_ logprobs: [[Float]]) -> [[Float]] { logprobs.map { $0.map { -0.1 * $0 - 0.02 } } }

    /// After two steps: what was shown of all logprobs, the parameters, and the first moments.
    private static func result(
        _ family: ToyFamily, apart: Bool, cores: Int, limit: Int = Trainer.activationLimit
    ) -> (shown: [[Float]], parameters: [Float], moments: [Float]) {
        let trainer = Trainer(ToyTransformer.make(family: family), cores: Cores(cores), activationLimit: limit)
        let sequences = ToyTransformer.sequences()
        var shown: [[Float]] = []
        for _ in 1...2 {
            if apart {
                shown = trainer.accumulateApart(sequences) { places, logprobs in
                    #expect(zip(places, logprobs).allSatisfy { sequences[$0].targets.count == $1.count })
                    return Self.slopes(logprobs)
                }
            } else {
                trainer.accumulate(sequences) { logprobs in
                    shown = logprobs
                    return Self.slopes(logprobs)
                }
            }
            _ = trainer.step(AdamW.Settings(learningRate: 1e-2, maximumNorm: 1))
        }
        return (shown, trainer.transformer.parameters.storage.floats, trainer.optimizer.firstMoment.floats)
    }

    @Test("shard by shard gives what all together gives, bit for bit", arguments: ToyFamily.allCases, [1, 2, 3])
    func sameBits(family: ToyFamily, cores: Int) {
        let together = Self.result(family, apart: false, cores: cores), apart = Self.result(family, apart: true, cores: cores)
        #expect(apart.shown.isIdentical(to: together.shown))
        #expect(apart.parameters.isIdentical(to: together.parameters) && apart.moments.isIdentical(to: together.moments))
    }

    @Test("beyond the limit of activations too", arguments: [1, 20_000])
    func sameBitsBeyondTheLimit(limit: Int) {
        let together = Self.result(.qwen3, apart: false, cores: 2, limit: limit)
        let apart = Self.result(.qwen3, apart: true, cores: 2, limit: limit)
        #expect(apart.shown.isIdentical(to: together.shown) && apart.parameters.isIdentical(to: together.parameters))
    }

    @Test("one core holds the activations of one shard, not of all")
    func memory() {
        func held(apart: Bool) -> Int {
            let trainer = Trainer(ToyTransformer.make(), cores: Cores(1))
            let sequences = (0..<64).map { index in
                ScoringSequence(context: [1], targets: ToyTransformer.tokens(40, SeedTree(root: 2)("targets", index)))
            }
            if apart {
                _ = trainer.accumulateApart(sequences) { Self.slopes($1) }
            } else {
                trainer.accumulate(sequences, evaluate: Self.slopes)
            }
            return trainer.pools.held
        }
        #expect(held(apart: true) * 4 < held(apart: false))
    }

    @Test("what a step is said to hold grows with its tokens and cores, up to all shards of the limit")
    func statedMemory() {
        func bytes(_ tokens: Int, cores: Int, limit: Int = Trainer.activationLimit) -> Int {
            Trainer(ToyTransformer.make(), cores: Cores(cores), activationLimit: limit).activationBytes(ofStepOver: tokens)
        }
        #expect(bytes(0, cores: 1) == 0 && bytes(800, cores: 1) > 0)
        #expect(bytes(1_600, cores: 1) == 2 * bytes(800, cores: 1))
        #expect(bytes(800, cores: 2) == 2 * bytes(800, cores: 1))
        #expect(bytes(800, cores: 64) == 8 * bytes(800, cores: 1))
        #expect(bytes(.max, cores: 64, limit: 1 << 20) <= 4 << 20)
    }

    @Test("a batch that varies in length from step to step leaves no buffers of other lengths behind")
    func varyingLengths() {
        func held(_ lengths: [Int]) -> Int {
            let trainer = Trainer(ToyTransformer.make(), cores: Cores(1))
            for length in lengths {
                let sequences = (0..<length).map { index in
                    ScoringSequence(context: [1], targets: ToyTransformer.tokens(40, SeedTree(root: 2)("targets", index)))
                }
                _ = trainer.accumulateApart(sequences) { Self.slopes($1) }
            }
            return trainer.pools.held
        }
        let longest = held([96])
        #expect(held(Array(stride(from: 8, through: 96, by: 8))) * 4 <= longest * 6)
        #expect(held([96, 40, 88, 64, 16, 80, 96, 72, 24, 56, 96]) * 4 <= longest * 6)
    }

    @Test("no sequences, and sequences without targets, change nothing")
    func nothing() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2))
        let silent = [ScoringSequence(context: [1], targets: []), ScoringSequence(context: [1, 2], targets: [])]
        #expect(trainer.accumulateApart([]) { $1 }.isEmpty)
        #expect(trainer.accumulateApart(silent) { $1 } == [[], []])
        #expect(trainer.step(AdamW.Settings(learningRate: 1)).gradientNorm == 0)
    }
}
