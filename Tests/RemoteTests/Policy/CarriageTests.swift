import Autodidact
import Foundation
import TestSupport
import Testing

@testable import Remote

/// The table of the tests' service is the one of `ScriptedPolicy`, which learns here: both must learn the same.
@Suite("Objectives at a service")
struct CarriageTests {
    private static let advantages: [[Float]] = [[1, -0.5, 0.25], [-2, 0], [0.125, 0.5], [0, 0]]

    /// Weights positive, negative and fractional, masks, groups, rewards: something for each objective.
    private static func batch(_ scored: [Logprobs<FullVocabulary>]) -> TrainingBatch {
        let texts = [("12A", "a0b"), ("3B", "bc"), ("7", "Hh"), ("45C", "dd")]
        let encode: (String) -> [TokenID] = { $0.compactMap { BigramTable.characters.firstIndex(of: $0).map { TokenID($0) } } }
        return TrainingBatch(
            texts.enumerated().map { place, text in
                let targets = encode(text.1)
                return TrainingSequence(
                    context: encode(text.0), targets: targets, mask: place == 0 ? [true, false, true] : nil,
                    weight: [1, -0.75, 0.3, -1][place], advantages: advantages[place],
                    behavior: Logprobs(scored[place].values.map { $0 - 0.1 }), reference: Logprobs(scored[place].values.map { $0 + 0.2 }),
                    group: place / 2, reward: Float(1 - place % 2), groupReward: 0.5)
            })
    }

    private static let objectives: [any Objective] = [
        SupervisedFineTuning(), SupervisedFineTuning(normalization: .sequences), PolicyGradient(klCoefficient: 0.1),
        PolicyGradient(usesImportanceRatio: true), GroupRelative(klCoefficient: 0.04), NegativeAware(), Pairwise(beta: 0.5),
    ]

    private func scored(_ policy: any TrainablePolicy) async throws -> [Logprobs<FullVocabulary>] {
        let unknown = (0..<4).map { Logprobs<FullVocabulary>([Float](repeating: -1, count: Self.advantages[$0].count)) }
        return try await policy.logprobs(of: Self.batch(unknown).sequences.map { ScoredSequence($0) })
    }

    @Test("are learned as they are here, however losses are divided and requests are cut", arguments: LossDivisor.known)
    func equal(divisor: LossDivisor) async throws {
        for (place, objective) in Self.objectives.enumerated() {
            var options = TinkerOptions()
            options.requestBytes = place % 2 == 0 ? 1 << 20 : 700
            let remote = try await FakeWorld(FakeTraits(divisor: divisor)).policy(options)
            let local = ScriptedPolicy()
            for _ in 0..<3 {
                let batch = Self.batch(try await scored(local))
                let parameters = OptimizerParameters(learningRate: 0.05, weightDecay: 0, maximumGradientNorm: 0.5)
                let reports = (
                    try await remote.accumulateGradients(batch, objective: objective),
                    try await local.accumulateGradients(batch, objective: objective)
                )
                #expect(abs(reports.0.loss - reports.1.loss) < 1e-4)
                #expect(try await remote.optimizerStep(parameters).applied)
                _ = try await local.optimizerStep(parameters)
            }
            let (there, here) = (try await scored(remote), try await scored(local))
            let difference = zip(there, here).flatMap { zip($0.values, $1.values) }.reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(difference < 1e-3, "\(objective)")
            try await remote.close()
        }
    }

    @Test("add up over batches until the step")
    func accumulated() async throws {
        let divisor = LossDivisor(perPosition: true, across: .sequences, scope: .step)
        let remote = try await FakeWorld(FakeTraits(divisor: divisor)).policy()
        let local = ScriptedPolicy()
        for policy in [remote, local] as [any TrainablePolicy] {
            let batch = Self.batch(try await scored(policy))
            for part in [batch.sequences.prefix(1), batch.sequences.dropFirst()] {
                _ = try await policy.accumulateGradients(TrainingBatch(Array(part)), objective: SupervisedFineTuning())
            }
            _ = try await policy.optimizerStep(OptimizerParameters(learningRate: 0.05))
        }
        let difference = zip(try await scored(remote), try await scored(local)).flatMap { zip($0.values, $1.values) }
            .reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(difference < 1e-4)
    }

    @Test("whose slope is not finite make no step, and leave nothing behind")
    func notFinite() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let scored = try await scored(policy)
        world.faults.plan([])
        _ = try await policy.accumulateGradients(Self.batch(scored), objective: Explosion())
        #expect(try await policy.optimizerStep(OptimizerParameters(learningRate: 0.1)).applied == false)
        #expect(!world.faults.log.contains(ForwardBackward.path) && !world.faults.log.contains(OptimStep.path))
        _ = try await policy.accumulateGradients(Self.batch(scored), objective: SupervisedFineTuning())
        #expect(try await policy.optimizerStep(OptimizerParameters(learningRate: 0.1)).applied)
        #expect(world.service.appliedSteps == 1)
    }
}

private struct Explosion: Objective {
    var requirements: Set<ObjectiveRequirement> { [] }

    func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        ObjectiveValue(loss: .infinity, slopes: policy.map { $0.values.map { _ in .infinity } })
    }
}
