import Autodidact
import TestSupport
import Testing

@testable import Remote

/// Three steps with a fault in the second: the weights are those of three steps, or the policy stops and can be restored.
@Suite("Every optimiser step is made once, or the run stops")
struct ExactlyOnceTests {
    private static let kinds: [Fault.Kind] = [
        .status(408), .status(429, retryAfter: .seconds(1)), .status(500), .status(503), .unreached, .cutBefore, .cutAfter, .stall,
        .stallAfter, .garbled,
    ]
    private static let paths = [Forward.path, ForwardBackward.path, OptimStep.path, RetrieveFuture.path]

    private func step(_ policy: TinkerPolicy, _ number: Int) async throws {
        let batch = TrainingBatch([
            TrainingSequence(context: [1], targets: [TokenID(number), 12]), TrainingSequence(context: [2], targets: [5], weight: -0.5),
        ])
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = try await policy.optimizerStep(OptimizerParameters(learningRate: 0.1, maximumGradientNorm: .infinity))
    }

    private func scores(_ policy: TinkerPolicy) async throws -> [[Float]] {
        try await policy.logprobs(of: (0..<4).map { ScoredSequence(context: [TokenID($0)], targets: [12, 3]) }).map(\.values)
    }

    /// What three steps come to without faults.
    private func expected(_ traits: FakeTraits) async throws -> [[Float]] {
        let policy = try await FakeWorld(traits).policy()
        for number in 3...5 { try await step(policy, number) }
        return try await scores(policy)
    }

    @Test("whatever goes wrong on the way", arguments: kinds, paths)
    func faults(kind: Fault.Kind, path: String) async throws {
        for traits in [FakeTraits.plain, .skyRL] {
            let world = FakeWorld(traits)
            let policy = try await world.policy()
            try await step(policy, 3)
            let saved = try await policy.snapshot()
            world.faults.plan([Fault(path: path, kind: kind)])
            do {
                try await step(policy, 4)
            } catch let error as TinkerError {
                if path == ForwardBackward.path || path == OptimStep.path {
                    await #expect(throws: TinkerError.self, "\(error)") { try await scores(policy) }
                }
                #expect(world.service.appliedSteps <= 2)
                world.faults.plan([])
                try await policy.restore(saved)
                try await step(policy, 4)
            }
            world.faults.plan([])
            try await step(policy, 5)
            #expect(try await scores(policy) == expected(traits), "\(kind) at \(path)")
        }
    }

    @Test("a service that knows requests again needs no restoring", arguments: kinds.dropLast(), paths)
    func repeated(kind: Fault.Kind, path: String) async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.faults.plan([Fault(path: path, kind: kind)])
        try await step(policy, 3)
        #expect(world.service.appliedSteps == 1)
    }

    @Test(
        "a service that knows none again is never asked twice for what it may have done",
        arguments: [ForwardBackward.path, OptimStep.path])
    func uncertain(path: String) async throws {
        for kind in [Fault.Kind.cutAfter, .cutBefore, .stall, .stallAfter, .status(500)] {
            let world = FakeWorld(.skyRL)
            let policy = try await world.policy(TinkerOptions(clipping: .ifSupported))
            world.faults.plan([Fault(path: path, kind: kind)])
            let error = await #expect(throws: TinkerError.self) { try await step(policy, 3) }
            #expect(error?.isUncertain == true && world.faults.log.count { $0 == path } == 1)
        }
    }

    @Test("requests that get there twice are done once", arguments: [ForwardBackward.path, OptimStep.path])
    func twice(path: String) async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.faults.plan([Fault(path: path, kind: .twice)])
        for number in 3...5 { try await step(policy, number) }
        #expect(try await scores(policy) == expected(.plain))
    }

    @Test("a number that is not finite stops the step")
    func notFinite() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        // The forward pass's result.
        world.faults.plan([Fault(path: RetrieveFuture.path, at: 2, kind: .notFinite)])
        let error = await #expect(throws: TinkerError.self) { try await step(policy, 3) }
        guard case .notFinite = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(world.service.appliedSteps == 0)
    }

    @Test("an answer to another question is noticed before anything is trained")
    func mixedUp() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let saved = try await policy.snapshot()
        _ = try await policy.logprobs(of: [ScoredSequence(context: [9], targets: [9])])
        // The second look for the forward pass's result.
        world.faults.plan([Fault(path: RetrieveFuture.path, at: 2, kind: .previous)])
        let error = await #expect(throws: TinkerError.self) { try await step(policy, 3) }
        #expect(error?.isUncertain == true && !world.faults.log.contains(ForwardBackward.path))
        world.faults.plan([])
        try await policy.restore(saved)
        for number in 3...5 { try await step(policy, number) }
        #expect(try await scores(policy) == expected(.plain))
    }

    @Test("a run goes on after the service was restarted, from the last saved state")
    func restarted() async throws {
        let world = FakeWorld(.skyRL)
        let options = TinkerOptions(clipping: .ifSupported)
        let policy = try await world.policy(options)
        try await step(policy, 3)
        let saved = try await policy.snapshot()
        world.service.restart()
        let error = await #expect(throws: TinkerError.self) { try await step(policy, 4) }
        #expect(error?.description.contains("404") == true)
        let resumed = try await world.reopened().policy(options)
        try await resumed.restore(saved)
        for number in 4...5 { try await step(resumed, number) }
        #expect(try await scores(resumed) == expected(.skyRL))
    }
}
