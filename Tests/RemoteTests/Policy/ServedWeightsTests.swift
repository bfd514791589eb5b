import Autodidact
import Randomness
import Synchronization
import TestSupport
import Testing

@testable import Remote

@Suite("Sampler and trainer")
struct ServedWeightsTests {
    private func sample(_ policy: TinkerPolicy, count: Int = 4) async throws -> [Completion] {
        let request = SamplingRequest(prompt: try policy.encode("1A"), count: count, key: SeedTree(root: 5))
        return try await policy.sample([request], options: SamplingOptions(maximumTokens: 4))[0]
    }

    private func learn(_ policy: TinkerPolicy) async throws {
        let batch = TrainingBatch([TrainingSequence(context: try policy.encode("1A"), targets: try policy.encode("a"))])
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = try await policy.optimizerStep(OptimizerParameters(learningRate: 1))
    }

    @Test("weights are pushed once, and again after a step or a restored state")
    func pushes() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        func pushed() -> Int { world.faults.log.count { $0 == SaveWeightsForSampler.path } }
        world.faults.plan([])
        let start = try await policy.snapshot()
        for _ in 0..<2 { _ = try await sample(policy) }
        #expect(pushed() == 1)
        try await learn(policy)
        for _ in 0..<2 { _ = try await sample(policy) }
        #expect(pushed() == 2)
        try await policy.restore(start)
        _ = try await sample(policy)
        #expect(pushed() == 3)
    }

    @Test("a push whose answer was lost is found again")
    func lostPush() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.faults.plan([Fault(path: SaveWeightsForSampler.path, kind: .cutAfter), Fault(path: SaveWeights.path, kind: .cutAfter)])
        #expect(try await sample(policy).count == 4)
        let saved = try await policy.snapshot()
        try await learn(policy)
        try await policy.restore(saved)
    }

    @Test("a sampler that serves old weights is found out", arguments: [FakeTraits.Prompts.fromFirst, .fromSecond, .never])
    func stale(prompts: FakeTraits.Prompts) async throws {
        var traits = FakeTraits.plain
        (traits.servesFirstPush, traits.prompts) = (true, prompts)
        let policy = try await FakeWorld(traits).policy()
        _ = try await sample(policy)
        try await learn(policy)
        let error = await #expect(throws: TinkerError.self) { try await sample(policy) }
        guard case .staleSampler = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("their disagreement is read once for each push, on as many completions as wanted")
    func readings() async throws {
        var traits = FakeTraits.plain
        traits.samplerShift = 0.01
        let readings = Mutex<[MismatchReading]>([])
        let policy = try await FakeWorld(traits).policy(TinkerOptions(comparedCompletions: 2)) { reading in
            readings.withLock { $0.append(reading) }
        }
        let first = try await sample(policy)
        _ = try await sample(policy)
        let seen = readings.withLock { $0 }
        #expect(seen.count == 1 && seen[0].tokens == first.prefix(2).reduce(0) { $0 + $1.tokens.count })
        #expect(abs(seen[0].meanAbsolute - 0.01) < 1e-4 && seen[0].k3 > 0 && seen[0].k3 < 1e-4)
        try await learn(policy)
        _ = try await sample(policy)
        #expect(readings.withLock { $0.count } == 2)
    }

    @Test("beyond the limits the run stops, is shown, or trains with ratios that are bounded", arguments: MismatchLimits.Action.allCases)
    func limits(action: MismatchLimits.Action) async throws {
        var traits = FakeTraits.plain
        // Beyond a truncation of 2, below which nothing is moved: ln 2 = 0.693.
        traits.samplerShift = -1
        // The proof after a push has the same limit on the mean; here only the k3 is passed.
        let limits = MismatchLimits(action: action, meanAbsolute: 2, maximum: 3, k3: 0.02, truncation: 2)
        let policy = try await FakeWorld(traits).policy(TinkerOptions(mismatch: limits, comparedCompletions: 1))
        if action == .stop {
            for _ in 0..<2 {
                let error = await #expect(throws: TinkerError.self) { try await sample(policy) }
                #expect(error?.description.contains("truncated importance weights") == true)
            }
            return
        }
        let completions = try await sample(policy)
        let sequences = completions.map { ScoredSequence(context: [1, 10], targets: $0.tokens) }
        let trainer = try await policy.logprobs(of: sequences)
        for (completion, trained) in zip(completions, trainer) {
            for (recorded, own) in zip(completion.logprobs.values, trained.values) {
                #expect(abs(own - recorded - (action == .show ? 1 : 0.6931)) < 1e-3)
            }
        }
    }

    @Test("readings of two sets of tokens merge into that of both")
    func merged() {
        let first = MismatchReading(sampler: [-1, -2], trainer: [-1.5, -2])
        let second = MismatchReading(sampler: [-3], trainer: [-2])
        let both = MismatchReading(sampler: [-1, -2, -3], trainer: [-1.5, -2, -2])
        let merged = first.merged(with: second)
        #expect(merged.tokens == 3 && merged.maximum == 1 && abs(merged.meanAbsolute - both.meanAbsolute) < 1e-9)
        #expect(abs(merged.k3 - both.k3) < 1e-9 && first.merged(with: .none) == first && MismatchReading.none.merged(with: first) == first)
        #expect(MismatchLimits().arePassed(by: MismatchReading(sampler: [.nan], trainer: [0])))
        #expect(!MismatchLimits().arePassed(by: .none))
    }
}
