import Autodidact
import TestSupport
import Testing

@testable import Remote

@Suite("Objectives that a service computes itself")
struct BuiltInLossTests {
    private func losses(_ traits: FakeTraits) async throws -> BuiltInLosses {
        let session = try await Session(at: FakeWorld.address, over: FakeWorld(traits).connection)
        let tokens = try Fingerprint(of: BigramText()).tokens
        return try await ServiceProbe(session: session, adapter: .init(rank: 4, seed: 0), tokens: tokens).traits().builtIns
    }

    @Test("are found where losses are what they are called", arguments: LossDivisor.known)
    func found(divisor: LossDivisor) async throws {
        #expect(try await losses(FakeTraits(divisor: divisor)) == BuiltInLosses(crossEntropy: divisor, ppo: divisor))
    }

    @Test("are not taken where weights are divided away, ratios are clipped elsewhere, or the loss is missing")
    func others() async throws {
        #expect(try await losses(.skyRL) == BuiltInLosses(crossEntropy: nil, ppo: FakeTraits.skyRL.divisor))
        #expect(try await losses(FakeTraits(ppoHigh: 1.28)).ppo == nil)
        #expect(try await losses(FakeTraits(losses: [.importanceSampling])) == BuiltInLosses())
    }

    private static let objectives: [any Objective] = [
        SupervisedFineTuning(), SupervisedFineTuning(normalization: .constant(9)), PolicyGradient(),
        PolicyGradient(usesImportanceRatio: true), GroupRelative(), GroupRelative(normalization: .tokens),
    ]

    /// Ratios to the behavior are far from 1 and beyond both bounds.
    private func batch(_ policy: any TrainablePolicy) async throws -> TrainingBatch {
        let sequences = [
            ScoredSequence(context: [1, 10], targets: [18, 3]), ScoredSequence(context: [2], targets: [11, 5, 26]),
            ScoredSequence(context: [4], targets: []),
        ]
        let shifts: [Float] = [-0.3, 0.1, 0.4]
        let advantages: [[Float]] = [[1, -1], [0.5, 0, -2], []]
        let known = try await policy.logprobs(of: sequences)
        return TrainingBatch(
            sequences.enumerated().map { place, sequence in
                TrainingSequence(
                    context: sequence.context, targets: sequence.targets, weight: [0.5, 2, 1][place], advantages: advantages[place],
                    behavior: Logprobs(known[place].values.enumerated().map { $1 + shifts[$0 % 3] }))
            })
    }

    @Test("are learned in one pass, as in two and as here", arguments: [LossDivisor.sum, FakeTraits.skyRL.divisor])
    func onePass(divisor: LossDivisor) async throws {
        let parameters = OptimizerParameters(learningRate: 0.05)
        for objective in Self.objectives {
            let world = FakeWorld(FakeTraits(divisor: divisor))
            let policies: [any TrainablePolicy] = [
                try await world.policy(), try await FakeWorld(FakeTraits(divisor: divisor)).policy(TinkerOptions(usesBuiltInLosses: false)),
                ScriptedPolicy(),
            ]
            var scores: [[Float]] = []
            for policy in policies {
                let batch = try await batch(policy)
                world.faults.plan([])
                let report = try await policy.learn(from: batch, objective: objective, parameters: parameters)
                #expect(report.optimizer.applied && report.objective.tokens == batch.tokens)
                if scores.isEmpty { #expect(!world.faults.log.contains(Forward.path), "\(objective)") }
                scores.append(try await self.batch(policy).sequences.flatMap { $0.behavior?.values ?? [] } + [Float(report.objective.loss)])
            }
            for other in scores.dropFirst() {
                #expect(zip(scores[0], other).allSatisfy { abs($0 - $1) < 1e-3 }, "\(objective)")
            }
        }
    }

    @Test("an objective of another form takes two passes", arguments: [0.04, 0])
    func twoPasses(klCoefficient: Double) async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let sequence = TrainingSequence(
            context: [1], targets: [12], advantages: [1], behavior: Logprobs([-3]), reference: Logprobs([-3]))
        world.faults.plan([])
        let objective = GroupRelative(clipHigh: klCoefficient == 0 ? 0.28 : 0.2, klCoefficient: klCoefficient)
        _ = try await policy.learn(
            from: TrainingBatch([sequence]), objective: objective, parameters: OptimizerParameters(learningRate: 0.1))
        #expect(world.faults.log.contains(Forward.path))
    }

    @Test("an objective that says it is of a form and is not stops before the step")
    func lying() async throws {
        let world = FakeWorld()
        let policy = try await world.policy()
        let batch = TrainingBatch([TrainingSequence(context: [1], targets: [12])])
        let error = await #expect(throws: TinkerError.self) {
            try await policy.learn(from: batch, objective: Liar(), parameters: OptimizerParameters(learningRate: 0.1))
        }
        #expect(error?.isUncertain == true && world.service.appliedSteps == 0)
    }
}

private struct Liar: Objective {
    var requirements: Set<ObjectiveRequirement> { [] }

    func surrogate(of batch: TrainingBatch) -> TokenSurrogate? {
        TokenSurrogate(.logprob, coefficients: batch.sequences.map { $0.targets.map { _ in 1 } })
    }

    func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        ObjectiveValue(loss: 0, slopes: policy.map { $0.values.map { _ in 1 } })
    }
}
