import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Tensors
import TestSupport
import Testing

@Suite("The embedded policy with an adapter")
struct AdapterPolicyTests {
    private static func policy(
        over model: ModelDirectory? = nil, _ configuration: AdapterConfiguration = AdapterConfiguration(rank: 4, alpha: 8),
        seed: UInt64 = 1, cores: Int = 2
    ) throws -> EmbeddedPolicy {
        let model = try model ?? TinyModel.make()
        let adapter = LowRankAdapter(model.transformer.architecture, configuration)
        adapter.initialize(SeedTree(root: seed))
        return EmbeddedPolicy(model, name: "tiny", adapter: adapter, cores: Cores(cores))
    }

    /// Samples of the policy, half of them with a positive advantage, and a reference that is a little elsewhere.
    private static func batch(of policy: EmbeddedPolicy) async throws -> TrainingBatch {
        let requests = (0..<6).map { SamplingRequest(prompt: policy.encode("p\($0)"), count: 4, key: SeedTree(root: 4)("r", $0)) }
        let completions = try await policy.sample(requests, options: SamplingOptions(maximumTokens: 12))
        return TrainingBatch(
            zip(requests, completions).enumerated().flatMap { group, pair in
                pair.1.enumerated().map { member, completion in
                    TrainingSequence(
                        context: pair.0.prompt, targets: completion.tokens,
                        advantages: completion.tokens.map { _ in member % 2 == 0 ? 1 : -1 }, behavior: completion.logprobs,
                        reference: Logprobs(completion.logprobs.values.map { $0 - 0.1 }), group: group)
                }
            })
    }

    @Test("keeps every law of policies and of learning")
    func laws() async throws {
        let broken = try await PolicyLaws.violations(
            ofTrainable: try Self.policy(), prompts: ["countdown 3 4 -> 7\n", "3+4=7", "héllo → 🌍"])
        #expect(broken == [])
    }

    @Test(
        "a step of any objective lowers its loss, and leaves the base bit for bit",
        arguments: [
            ("SFT", SupervisedFineTuning()), ("PG", PolicyGradient()), ("PG with ratio", PolicyGradient(usesImportanceRatio: true)),
            ("GRPO", GroupRelative()), ("GRPO with KL and clip-higher", GroupRelative(clipLow: 0.2, clipHigh: 0.28, klCoefficient: 0.3)),
        ] as [(String, any Objective)])
    func objectives(name: String, objective: any Objective) async throws {
        let model = try TinyModel.make(), base = model.transformer.parameters.storage.floats
        let policy = try Self.policy(over: model), adapter = try #require(policy.adapter)
        let batch = try await Self.batch(of: policy), factors = adapter.parameters.storage.floats
        let before = try await policy.accumulateGradients(batch, objective: objective).loss
        let report = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-3))
        #expect(report.applied && report.gradientNorm > 0)
        let after = try await policy.accumulateGradients(batch, objective: objective).loss
        #expect(after < before, "\(name): from \(before) to \(after)")
        #expect(adapter.parameters.storage.floats != factors)
        #expect(model.transformer.parameters.storage.floats == base)
    }

    @Test("a snapshot holds the adapter and two moments for each of its numbers, and nothing of the model")
    func size() async throws {
        let policy = try Self.policy(), adapter = try #require(policy.adapter), snapshot = await policy.snapshot()
        let weights = try SafetensorsFile(data: Data(snapshot.weights)), state = try SafetensorsFile(data: Data(snapshot.optimizer))
        #expect(weights.tensorNames == adapter.parameters.specifications.map(\.name).sorted())
        #expect(try state.tensorNames.reduce(0) { $0 + (try state.floats($1).count) } == 2 * adapter.parameters.count)
        #expect(snapshot.weights.count < 4 * adapter.parameters.count + 8_192)
    }

    @Test("a new policy that is given a snapshot goes on bit for bit")
    func resumption() async throws {
        let first = try Self.policy(), batch = try await Self.batch(of: first), objective = SupervisedFineTuning()
        func step(_ policy: EmbeddedPolicy) async throws {
            _ = try await policy.accumulateGradients(batch, objective: objective)
            _ = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-2, weightDecay: 0.1))
        }
        for _ in 0..<2 { try await step(first) }
        let saved = await first.snapshot()
        for _ in 0..<2 { try await step(first) }
        let second = try Self.policy(seed: 9, cores: 1)
        try await second.restore(saved)
        #expect(await second.snapshot() == saved)
        for _ in 0..<2 { try await step(second) }
        #expect(await second.snapshot() == first.snapshot())
    }

    @Test("policies with different adapters share one model, and each learns as if it were alone")
    func sharing() async throws {
        let model = try TinyModel.make()
        let configurations = [
            AdapterConfiguration(rank: 4, alpha: 8),
            AdapterConfiguration(rank: 2, alpha: 2, targets: [.query, .down], stabilizesRank: true),
        ]
        @Sendable func learn(_ policy: EmbeddedPolicy) async throws -> PolicySnapshot {
            let batch = try await Self.batch(of: policy)
            for _ in 0..<3 {
                _ = try await policy.accumulateGradients(batch, objective: PolicyGradient())
                _ = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-2))
            }
            return await policy.snapshot()
        }
        let policies = try configurations.map { try Self.policy(over: model, $0) }
        async let first = learn(policies[0])
        async let second = learn(policies[1])
        let together = try await [first, second]
        for (configuration, snapshot) in zip(configurations, together) {
            #expect(try await learn(try Self.policy(configuration)) == snapshot)
        }
        let frozen = try #require(await policies[0].frozen() as? EmbeddedPolicy)
        #expect(frozen.model.transformer === model.transformer && frozen.adapter !== policies[0].adapter)
    }

    @Test("snapshots of a model, of another adapter or over another model are refused and change nothing")
    func foreign() async throws {
        let policy = try Self.policy(), before = await policy.snapshot()
        let others = [
            EmbeddedPolicy(try TinyModel.make(), name: "tiny"),
            try Self.policy(AdapterConfiguration(rank: 4, alpha: 9)), try Self.policy(AdapterConfiguration(rank: 2, alpha: 8)),
            try Self.policy(AdapterConfiguration(rank: 4, alpha: 8, targets: [.query])), try Self.policy(over: try TinyModel.make(seed: 2)),
        ]
        for other in others {
            let weights = await other.snapshot().weights
            await #expect(throws: EmbeddedPolicyError.self) {
                try await policy.restore(PolicySnapshot(weights: weights, optimizer: before.optimizer))
            }
            #expect(await policy.snapshot() == before)
            await #expect(throws: EmbeddedPolicyError.self) { try await other.restore(before) }
        }
    }

    @Test("the adapter in a snapshot is read back, merged gives the policy's logprobs, and is refused for another model")
    func reading() async throws {
        let model = try TinyModel.make(), policy = try Self.policy(over: model), batch = try await Self.batch(of: policy)
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-2))
        let file = try SafetensorsFile(data: Data(await policy.snapshot().weights))
        let scored = batch.sequences.map { ScoredSequence($0) }
        let other = try TinyModel.make()
        let adapter = try #require(try SnapshotForm.adapter(in: file, of: other.transformer))
        #expect(adapter.configuration == policy.adapter?.configuration)
        adapter.merge(into: other.transformer)
        let merged = EmbeddedPolicy(other, name: "merged")
        for (a, b) in zip(try await policy.logprobs(of: scored), try await merged.logprobs(of: scored)) {
            #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        let error = #expect(throws: AdapterError.self) { try SnapshotForm.adapter(in: file, of: other.transformer) }
        let refusal = "\(try #require(error))"
        #expect(refusal.contains("over other weights") && !refusal.contains("header") && !refusal.contains("rite the file again"))
        let whole = try SafetensorsFile(data: Data(await merged.snapshot().weights))
        #expect(try SnapshotForm.adapter(in: whole, of: other.transformer) == nil)
    }

    @Test("the settings of a run name the layers that the engine can adapt")
    func layers() {
        #expect(AdapterSettings.layers == AdapterTarget.allCases.map(\.rawValue))
        #expect(AdapterSettings.allLinear == AdapterTarget.allLinear && AdapterSettings.largestRank <= AdapterConfiguration.largestRank)
    }
}
