import Autodidact
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Remote

/// What is done to the results of one kind; other results are left alone.
private func changing<Outcome: Codable & SendableMetatype>(
    _ change: @escaping @Sendable (Outcome) -> Outcome
) -> @Sendable (Data) -> Data {
    { data in
        guard let outcome = try? JSONDecoder().decode(Outcome.self, from: data) else { return data }
        return (try? JSONEncoder().encode(change(outcome))) ?? data
    }
}

/// A result of sampling, each sequence being changed; logprobs of prompts, by which weights are proved, are kept.
private func each(
    _ change: @escaping @Sendable (Sample.Outcome.Sequence) -> Sample.Outcome.Sequence
) -> @Sendable (Sample.Outcome) -> Sample.Outcome {
    { Sample.Outcome(sequences: $0.sequences.map(change), promptLogprobs: $0.promptLogprobs) }
}

/// A result of a pass, each sequence's logprobs being changed.
private func eachPass(_ change: @escaping @Sendable ([Float?]) -> [Float?]) -> @Sendable (PassOutcome) -> PassOutcome {
    { PassOutcome(outputs: $0.outputs.map { .init(logprobs: .init(data: change($0.logprobs.data))) }, metrics: nil) }
}

private typealias Drawn = Sample.Outcome.Sequence

private let wrongSamples: [(word: String, change: @Sendable (Sample.Outcome) -> Sample.Outcome)] = [
    ("came", { Sample.Outcome(sequences: Array($0.sequences.dropLast()), promptLogprobs: $0.promptLogprobs) }),
    ("each token", each { Drawn(tokens: $0.tokens, logprobs: nil, stopReason: $0.stopReason) }),
    ("each token", each { Drawn(tokens: $0.tokens, logprobs: $0.logprobs.map { Array($0.dropLast()) }, stopReason: $0.stopReason) }),
    ("not finite", each { Drawn(tokens: $0.tokens, logprobs: $0.tokens.map { _ in nil }, stopReason: $0.stopReason) }),
    ("longer than asked for", each { _ in Drawn(tokens: [1, 2, 3, 4, 5], logprobs: [-1, -1, -1, -1, -1], stopReason: "length") }),
    ("without the token that ends it", each { _ in Drawn(tokens: [1], logprobs: [-1], stopReason: "stop") }),
]

private let wrongPasses: [(word: String, change: @Sendable (PassOutcome) -> PassOutcome)] = [
    ("answers for 1", { PassOutcome(outputs: Array($0.outputs.dropLast()), metrics: nil) }),
    ("logprobs", eachPass { Array($0.dropLast()) }), ("not finite", eachPass { $0.map { _ in nil } }),
]

/// Results of the right form that cannot be right.
@Suite("Results that cannot be right")
struct HostileResultTests {
    @Test("of sampling are refused, saying what is wrong", arguments: wrongSamples.indices)
    func sampling(kind: Int) async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let (word, change) = wrongSamples[kind]
        world.transport.rewrite(changing(change))
        let request = SamplingRequest(prompt: [1, 10], count: 3, key: SeedTree(root: 1))
        let error = await #expect(throws: TinkerError.self) {
            try await policy.sample([request], options: SamplingOptions(maximumTokens: 4))
        }
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }

    @Test("of a passed prompt are refused where its logprobs are missing")
    func prompts() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        world.transport.rewrite(
            changing { (outcome: Sample.Outcome) in
                Sample.Outcome(sequences: outcome.sequences, promptLogprobs: outcome.promptLogprobs.map { Array($0.dropLast()) })
            })
        let request = SamplingRequest(prompt: [1, 10], count: 1, key: SeedTree(root: 1))
        let error = await #expect(throws: TinkerError.self) {
            try await policy.sample([request], options: SamplingOptions(maximumTokens: 4))
        }
        #expect(error?.description.contains("prompt_logprobs") == true)
    }

    private let batch = TrainingBatch([
        TrainingSequence(context: [1], targets: [2, 3]), TrainingSequence(context: [4], targets: [5], weight: -1),
    ])

    @Test("of a pass are refused, saying what is wrong", arguments: wrongPasses.indices)
    func passes(kind: Int) async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let (word, change) = wrongPasses[kind]
        world.transport.rewrite(changing(change))
        let error = await #expect(throws: TinkerError.self) {
            try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        }
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
        #expect(world.service.appliedSteps == 0)
    }

    @Test("of a training pass at other logprobs than were sent stop before the step")
    func otherWeights() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        world.transport.rewrite(changing(eachPass { $0.map { $0.map { $0 - 0.2 } } }))
        let error = await #expect(throws: TinkerError.self) {
            try await policy.optimizerStep(OptimizerParameters(learningRate: 1))
        }
        #expect(error?.isUncertain == true && world.service.appliedSteps == 0)
        await #expect(throws: TinkerError.self) { try await policy.snapshot() }
    }
}
