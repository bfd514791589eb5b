import Autodidact
import TestSupport
import Testing

@testable import Remote

/// The weights of a model that has learned, with an optimiser that has not: copies, and schedules that reset.
@Suite("An optimiser's memory at a service")
struct ForgottenMemoryTests {
    private let batch = TrainingBatch([TrainingSequence(context: [1], targets: [12, 3]), TrainingSequence(context: [2], targets: [4])])
    private let scored = [ScoredSequence(context: [1], targets: [12, 3]), ScoredSequence(context: [2], targets: [4])]

    private func step(_ policy: any TrainablePolicy) async throws {
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = try await policy.optimizerStep(OptimizerParameters(learningRate: 0.1))
    }

    /// Two steps, the optimiser forgotten, and a third; by the policy that is given.
    private func course(_ policy: any TrainablePolicy) async throws -> [[Float]] {
        let base = try await policy.snapshot()
        for _ in 0..<2 { try await step(policy) }
        let learned = try await policy.snapshot()
        try await policy.restore(PolicySnapshot(weights: learned.weights, optimizer: base.optimizer))
        #expect(try await policy.snapshot().weightsHash == learned.weightsHash)
        try await step(policy)
        return try await policy.logprobs(of: scored).map(\.values)
    }

    @Test("is forgotten where a schedule says so", arguments: [true, false])
    func reset(inPlace: Bool) async throws {
        var traits = FakeTraits.plain
        traits.loadsInPlace = inPlace
        let world = FakeWorld(traits)
        let (remote, local) = (try await course(world.policy()), try await course(ScriptedPolicy()))
        #expect(zip(remote.joined(), local.joined()).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test("that was forgotten makes another lineage of the step that follows")
    func lineages() async throws {
        let policy = try await FakeWorld().policy()
        let base = try await policy.snapshot()
        try await step(policy)
        let learned = try await policy.snapshot()
        try await step(policy)
        let kept = try await policy.snapshot()
        let mixed = PolicySnapshot(weights: learned.weights, optimizer: base.optimizer)
        try await policy.restore(mixed)
        let forgotten = try await policy.snapshot()
        #expect(forgotten != learned && forgotten.weightsHash == learned.weightsHash)
        try await step(policy)
        #expect(try await policy.snapshot().weightsHash != kept.weightsHash)
        // What was saved of the mixed state is a state of its own.
        try await policy.restore(forgotten)
        #expect(try await policy.snapshot() == forgotten)
    }

    @Test("that a service always loads is a reason to refuse, before anything is changed")
    func always() async throws {
        var traits = FakeTraits.plain
        traits.loadsWeightsAlone = false
        let world = FakeWorld(traits)
        let policy = try await world.policy()
        let base = try await policy.snapshot()
        try await step(policy)
        let learned = try await policy.snapshot()
        let error = await #expect(throws: TinkerError.self) {
            try await policy.restore(PolicySnapshot(weights: learned.weights, optimizer: base.optimizer))
        }
        #expect(error?.description.contains("optimiser's memory") == true)
        await #expect(throws: TinkerError.self) { try await policy.copy() }
        #expect(try await policy.snapshot() == learned)
        _ = try await policy.frozen()
    }

    @Test("is not in a copy, which learns on its own")
    func copies() async throws {
        let (policy, local) = (try await FakeWorld().policy(), ScriptedPolicy())
        let fresh = try await policy.copy()
        let before = try await policy.snapshot()
        try await step(fresh)
        #expect(try await policy.snapshot() == before)
        #expect(try await fresh.snapshot().weightsHash != before.weightsHash)
        for learner in [policy, local] as [any TrainablePolicy] { try await step(learner) }
        let (there, here) = (try await policy.copy(), try await local.copy())
        for copy in [there, here] { try await step(copy) }
        let scores = (try await there.logprobs(of: scored), try await here.logprobs(of: scored))
        for (remote, own) in zip(scores.0, scores.1) { #expect(zip(remote.values, own.values).allSatisfy { abs($0 - $1) < 1e-4 }) }
    }
}
