import Autodidact
import Backends
import LanguageModel
import Randomness
import Tensors
import TestSupport
import Testing

@Suite("The embedded policy")
struct EmbeddedPolicyTests {
    private func policy(seed: UInt64 = 1, cores: Int = 2, context: Int = 64) throws -> EmbeddedPolicy {
        EmbeddedPolicy(try TinyModel.make(seed: seed, context: context), name: "tiny", cores: Cores(cores))
    }

    @Test("keeps every law of policies and of learning")
    func laws() async throws {
        let policy = try policy()
        let broken = try await PolicyLaws.violations(ofTrainable: policy, prompts: ["countdown 3 4 -> 7\n", "3+4=7", "héllo → 🌍"])
        #expect(broken == [])
    }

    @Test(
        "what the sampler recorded is what the trainer computes, under every sampling setting",
        arguments: [
            SamplingOptions(temperature: 1, maximumTokens: 20), SamplingOptions(temperature: 0.6, maximumTokens: 20),
            SamplingOptions(temperature: 1.4, topK: 5, maximumTokens: 20), SamplingOptions(temperature: 1, topP: 0.7, maximumTokens: 20),
            SamplingOptions(temperature: 0.9, topK: 9, topP: 0.8, maximumTokens: 20), .greedy(maximumTokens: 20),
        ])
    func samplerEqualsTrainer(options: SamplingOptions) async throws {
        let policy = try policy()
        let prompts = ["a", "two words", "numbers 1 2 3"].map { policy.encode($0) }
        let completions = try await policy.sample(
            prompts.enumerated().map { SamplingRequest(prompt: $1, count: 4, key: SeedTree(root: 3)("r", $0)) }, options: options)
        let sequences = zip(prompts, completions).flatMap { prompt, group in
            group.map { ScoredSequence(context: prompt, targets: $0.tokens) }
        }
        let computed = try await policy.logprobs(of: sequences)
        // Bit for bit where our product kernels run; a BLAS library may sum a row differently in another batch.
        let tolerance: Float = MatrixProduct.usesKernels ? 0 : 1e-5
        for (completion, logprobs) in zip(completions.joined(), computed) {
            for (sampled, trained) in zip(completion.logprobs.values, logprobs.values) { #expect(abs(sampled - trained) <= tolerance) }
        }
    }

    @Test("a GRPO objective on fresh samples sees a ratio of exactly 1")
    func freshRatio() async throws {
        let policy = try policy()
        let prompt = policy.encode("ratio")
        let completions = try await policy.sample(
            [SamplingRequest(prompt: prompt, count: 6, key: SeedTree(root: 5))], options: SamplingOptions(maximumTokens: 12))[0]
        let sequences = completions.map { completion in
            TrainingSequence(
                context: prompt, targets: completion.tokens, advantages: completion.tokens.map { _ in 1 }, behavior: completion.logprobs)
        }
        let report = try await policy.accumulateGradients(TrainingBatch(sequences), objective: GroupRelative())
        let ratio = try #require(report.metrics["ratio/mean"])
        #expect(abs(ratio - 1) <= (MatrixProduct.usesKernels ? 0 : 1e-5))
    }

    @Test("one core and two give the same tokens and the same weights, bit for bit")
    func coresDoNotMatter() async throws {
        func outcome(cores: Int) async throws -> (completions: [[Completion]], hash: String) {
            let policy = try policy(cores: cores)
            var all: [[Completion]] = []
            for step in 0..<3 {
                let requests = (0..<9).map {
                    SamplingRequest(prompt: policy.encode("prompt \($0)"), count: 3, key: SeedTree(root: 8)("step", step, $0))
                }
                let completions = try await policy.sample(requests, options: SamplingOptions(maximumTokens: 10))
                let sequences = zip(requests, completions).flatMap { request, group in
                    group.map { TrainingSequence(context: request.prompt, targets: $0.tokens) }
                }
                _ = try await policy.accumulateGradients(TrainingBatch(sequences), objective: SupervisedFineTuning())
                _ = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-2, weightDecay: 0.1))
                all += completions
            }
            return (all, await policy.snapshot().weightsHash)
        }
        let (one, two) = (try await outcome(cores: 1), try await outcome(cores: 2))
        #expect(one.completions == two.completions)
        #expect(one.hash == two.hash)
    }

    @Test("a stop string ends a completion where it is written")
    func stopStrings() async throws {
        let policy = try policy()
        let request = SamplingRequest(prompt: policy.encode("go"), count: 40, key: SeedTree(root: 2))
        let free = try await policy.sample([request], options: SamplingOptions(maximumTokens: 30))[0]
        let letter = try #require(free.map { policy.decode(Array($0.tokens.prefix(20))) }.joined().first { $0.isASCII && $0.isLetter })
        let stopped = try await policy.sample(
            [request], options: SamplingOptions(maximumTokens: 30, stopStrings: [String(letter)]))[0]
        let ended = stopped.filter { $0.stopReason == .stopString }
        #expect(!ended.isEmpty)
        for completion in ended {
            let text = policy.decode(completion.tokens)
            #expect(text.hasSuffix(String(letter)) && text.filter { $0 == letter }.count == 1)
        }
    }

    @Test("prompts and sequences that do not fit are refused with their length")
    func lengths() async throws {
        let policy = try policy(context: 16)
        let long = policy.encode(String(repeating: "x", count: 16))
        await #expect(throws: EmbeddedPolicyError.promptLength(16, context: 16)) {
            try await policy.sample([SamplingRequest(prompt: long, count: 1, key: SeedTree(root: 1))], options: .greedy(maximumTokens: 1))
        }
        await #expect(throws: EmbeddedPolicyError.promptLength(0, context: 16)) {
            try await policy.logprobs(of: [ScoredSequence(context: [], targets: long)])
        }
        await #expect(throws: EmbeddedPolicyError.sequenceLength(17, context: 16)) {
            try await policy.logprobs(of: [ScoredSequence(context: [1], targets: long)])
        }
        let short = try await policy.sample(
            [SamplingRequest(prompt: Array(long.prefix(14)), count: 20, key: SeedTree(root: 1))], options: SamplingOptions(maximumTokens: 9)
        )[0]
        #expect(short.allSatisfy { $0.tokens.count <= 2 })
    }

    @Test("a snapshot of another model, or a damaged one, is refused and changes nothing")
    func foreignSnapshot() async throws {
        let policy = try policy()
        let before = await policy.snapshot()
        let other = try TinyModel.make(seed: 2)
        let wide = Transformer(
            Architecture(vocabulary: 288, width: 64, feedForward: 48, layers: 2, heads: 4, keyHeads: 2, headWidth: 16, contextLength: 64))
        let foreign = SafetensorsWriter.data(tensors: wide.namedArrays)
        let damaged = SafetensorsWriter.data(tensors: other.transformer.namedArrays).dropLast(5)
        for weights in [[UInt8](foreign), [UInt8](damaged), []] {
            await #expect(throws: EmbeddedPolicyError.self) {
                try await policy.restore(PolicySnapshot(weights: weights, optimizer: before.optimizer))
            }
            #expect(await policy.snapshot() == before)
        }
        let noStep = SafetensorsWriter.data(tensors: [])
        await #expect(throws: EmbeddedPolicyError.self) {
            try await policy.restore(PolicySnapshot(weights: before.weights, optimizer: [UInt8](noStep)))
        }
    }

    @Test("a step that would make the weights infinite is refused and counted, not applied")
    func infiniteGradient() async throws {
        let policy = try policy()
        let before = await policy.snapshot()
        struct Explosion: Objective {
            var requirements: Set<ObjectiveRequirement> { [] }
            func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
                ObjectiveValue(loss: .infinity, slopes: policy.map { $0.values.map { _ in .infinity } })
            }
        }
        _ = try await policy.accumulateGradients(TrainingBatch([TrainingSequence(context: [5], targets: [6, 7])]), objective: Explosion())
        let report = await policy.optimizerStep(OptimizerParameters(learningRate: 1))
        #expect(!report.applied)
        #expect(await policy.snapshot() == before)
    }
}
