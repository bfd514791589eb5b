import Autodidact
import Backends
import Randomness
import Testing

@Suite("Early exits of the embedded policy")
struct EarlyExitTests {
    @Test("the exit after the last layer answers as the policy does, earlier ones otherwise")
    func exits() async throws {
        let policy = EmbeddedPolicy(try TinyModel.make(), name: "tiny")
        let sequence = ScoredSequence(context: policy.encode("3 + 4"), targets: policy.encode("= 7"))
        let whole = try await policy.logprobs(of: [sequence])
        #expect(try await policy.exit(afterLayer: policy.layers).logprobs(of: [sequence]) == whole)
        #expect(policy.layers > 1)
        #expect(try await policy.exit(afterLayer: 1).logprobs(of: [sequence]) != whole)
        #expect(try await policy.logprobs(of: [sequence]) == whole)
    }

    @Test("layers that are not there are refused", arguments: [0, 99])
    func refused(layer: Int) async throws {
        let policy = EmbeddedPolicy(try TinyModel.make(), name: "tiny")
        await #expect(throws: EmbeddedPolicyError.noSuchLayer(layer, layers: policy.layers)) { try await policy.exit(afterLayer: layer) }
    }

    @Test("a copy learns on its own, from an optimiser that remembers nothing")
    func copies() async throws {
        let policy = EmbeddedPolicy(try TinyModel.make(), name: "tiny")
        let before = await policy.snapshot()
        let copy = await policy.copy()
        #expect(try await copy.snapshot() == before)
        let lesson = TrainingSequence(context: policy.encode("3"), targets: policy.encode("4"))
        _ = try await copy.accumulateGradients(TrainingBatch([lesson]), objective: SupervisedFineTuning())
        _ = try await copy.optimizerStep(OptimizerParameters(learningRate: 0.01))
        #expect(try await copy.snapshot().weightsHash != before.weightsHash)
        #expect(await policy.snapshot() == before)
    }
}
