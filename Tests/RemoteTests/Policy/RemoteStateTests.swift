import Autodidact
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Remote

@Suite("Saved states at a service")
struct RemoteStateTests {
    private let batch = TrainingBatch([TrainingSequence(context: [1], targets: [12, 3])])
    private let parameters = OptimizerParameters(learningRate: 0.1)

    private func step(_ policy: any TrainablePolicy) async throws {
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = try await policy.optimizerStep(parameters)
    }

    @Test("weights are named by how they came about: equal steps, equal hash, at any service")
    func lineage() async throws {
        let (first, second) = (try await FakeWorld().policy(), try await FakeWorld().policy())
        #expect(try await first.snapshot().weightsHash == second.snapshot().weightsHash)
        try await step(first)
        #expect(try await first.snapshot().weightsHash != second.snapshot().weightsHash)
        try await step(second)
        #expect(try await first.snapshot().weightsHash == second.snapshot().weightsHash)
        let other = try await FakeWorld().policy(TinkerOptions(rank: 8))
        #expect(try await other.snapshot().weightsHash != FakeWorld().policy().snapshot().weightsHash)
    }

    @Test("a state is saved once")
    func once() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.faults.plan([])
        let start = try await policy.snapshot()
        try await step(policy)
        try await policy.restore(start)
        #expect(try await policy.snapshot() == start)
        #expect(world.faults.log.count { $0 == SaveWeights.path } == 1)
    }

    @Test("a snapshot of another policy, another rank or mixed states is refused")
    func foreign() async throws {
        let policy = try await FakeWorld().policy()
        let start = try await policy.snapshot()
        try await step(policy)
        let later = try await policy.snapshot()
        let mixed = PolicySnapshot(weights: start.weights, optimizer: later.optimizer)
        let other = try await FakeWorld().policy(TinkerOptions(rank: 8)).snapshot()
        for snapshot in [mixed, other, try await ScriptedPolicy().snapshot(), PolicySnapshot(weights: [], optimizer: [])] {
            await #expect(throws: TinkerError.self) { try await policy.restore(snapshot) }
        }
        // None of these has touched the model.
        #expect(try await policy.snapshot() == later)
    }

    @Test("a state that loads as another is noticed")
    func replaced() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let start = try await policy.snapshot()
        try await step(policy)
        let state = try RemoteState(start, url: "")
        world.service.state.withLock { service in
            for index in service.saved[state.place.path]?.delta.indices ?? 0..<0 {
                service.saved[state.place.path]?.delta[index] = Float(index % 7)
            }
        }
        let error = await #expect(throws: TinkerError.self) { try await policy.restore(start) }
        guard case .inconsistent = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await #expect(throws: TinkerError.self) { try await policy.logprobs(of: [ScoredSequence(context: [1], targets: [2])]) }
    }

    @Test("a frozen copy stays, and its adapter is given back when nobody holds it")
    func frozen() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let sequences = [ScoredSequence(context: [1], targets: [12, 3])]
        let before = try await policy.logprobs(of: sequences)
        for _ in 0..<5 {
            let frozen = try await policy.frozen()
            try await step(policy)
            #expect(try await frozen.logprobs(of: sequences) != policy.logprobs(of: sequences))
        }
        #expect(try await policy.logprobs(of: sequences) != before)
        #expect(world.service.loadedModels <= 3)
    }

    @Test("a session that the service has lost stops what comes next")
    func heartbeat() async throws {
        let world = FakeWorld()
        let heartbeat = Heartbeat(of: "session_1", over: world.connection)
        #expect(await heartbeat.beat())
        try heartbeat.check()
        world.service.restart()
        #expect(await heartbeat.beat() == false)
        let error = #expect(throws: TinkerError.self) { try heartbeat.check() }
        #expect(error?.description.contains("session_1") == true)
    }

    @Test("a closed policy refuses everything, and leaves no adapter")
    func closed() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        try await policy.close()
        #expect(world.service.loadedModels == 0)
        await #expect(throws: TinkerError.self) { try await policy.snapshot() }
    }
}
