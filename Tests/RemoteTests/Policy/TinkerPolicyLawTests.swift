import Autodidact
import Randomness
import TestSupport
import Testing

@testable import Remote

@Suite("Laws of a policy at a service")
struct TinkerPolicyLawTests {
    private static let kinds: [FakeTraits] = {
        var newModels = FakeTraits.skyRL
        newModels.loadsInPlace = false
        var silent = FakeTraits.plain
        (silent.prompts, silent.looks) = (.never, 0)
        var drawn = FakeTraits.plain
        (drawn.reportsDrawn, drawn.prompts) = (true, .fromFirst)
        return [.plain, .skyRL, newModels, silent, drawn]
    }()

    @Test("hold for services of each kind", arguments: kinds.indices)
    func laws(kind: Int) async throws {
        let world = FakeWorld(Self.kinds[kind])
        let policy = try await world.policy(TinkerOptions(clipping: .ifSupported))
        #expect(try await PolicyLaws.violations(ofTrainable: policy, prompts: ["1A", "2B"]) == [])
        try await policy.close()
        #expect(!world.transport.isOpen)
    }

    @Test("it is named as the command line names it, and has the smaller context")
    func description() async throws {
        let policy = try await FakeWorld().policy()
        #expect(policy.name == "tinker+http://127.0.0.1:8000/letters" && policy.contextLength == 64)
        #expect(policy.capabilities == Set(Capability.allCases) && policy.endOfTurn == BigramTable.end)
    }

    @Test("what does not fit is refused before anything is sent")
    func fits() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.faults.plan([])
        let long = [TokenID](repeating: 1, count: 64)
        let options = SamplingOptions(maximumTokens: 4)
        await #expect(throws: TinkerError.self) {
            try await policy.sample([SamplingRequest(prompt: long, count: 1, key: .init(root: 1))], options: options)
        }
        await #expect(throws: TinkerError.self) {
            try await policy.sample([SamplingRequest(prompt: [], count: 1, key: .init(root: 1))], options: options)
        }
        await #expect(throws: TinkerError.self) { try await policy.logprobs(of: [ScoredSequence(context: long, targets: [1])]) }
        await #expect(throws: TinkerError.self) { try await policy.logprobs(of: [ScoredSequence(context: [], targets: [1])]) }
        await #expect(throws: TinkerError.self) { try await policy.optimizerStep(OptimizerParameters(learningRate: 1)) }
        #expect(world.faults.log == [])
    }

    @Test("nothing asked for is nothing done")
    func nothing() async throws {
        let policy = try await FakeWorld().policy()
        let none = SamplingRequest(prompt: [1], count: 0, key: .init(root: 1))
        #expect(try await policy.sample([none], options: SamplingOptions(maximumTokens: 4)) == [[]])
        #expect(try await policy.logprobs(of: [ScoredSequence(context: [1], targets: [])]).map(\.count) == [0])
    }

    @Test("stop strings end a completion with the token that completes them")
    func stopStrings() async throws {
        let policy = try await FakeWorld().policy()
        let request = SamplingRequest(prompt: try policy.encode("1A"), count: 8, key: .init(root: 3))
        let plain = try await policy.sample([request], options: SamplingOptions(maximumTokens: 6))[0]
        let stop = policy.decode(Array(plain[0].tokens.prefix(1)))
        let options = SamplingOptions(maximumTokens: 6, stopStrings: [stop])
        let stopped = try await policy.sample([request], options: options)[0]
        #expect(stopped[0].tokens.count == 1 && stopped[0].stopReason == .stopString)
        for (whole, cut) in zip(plain, stopped) { #expect(Array(whole.tokens.prefix(cut.tokens.count)) == cut.tokens) }
    }

    @Test("options that have no effect at the service are refused by name")
    func unsupported() async throws {
        let world = FakeWorld(FakeTraits(clipsGradients: false))
        let policy = try await world.policy()
        let batch = TrainingBatch([TrainingSequence(context: [1], targets: [2])])
        for (parameters, word) in [
            (OptimizerParameters(learningRate: 1), "clipping"),
            (OptimizerParameters(learningRate: 1, weightDecay: 0.1, maximumGradientNorm: .infinity), "weight decay"),
        ] {
            _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
            let error = await #expect(throws: TinkerError.self) { try await policy.optimizerStep(parameters) }
            #expect(error?.description.contains(word) == true)
        }
        #expect(world.service.appliedSteps == 0)
        let parameters = OptimizerParameters(learningRate: 1, maximumGradientNorm: .infinity)
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        #expect(try await policy.optimizerStep(parameters).applied)
    }
}
