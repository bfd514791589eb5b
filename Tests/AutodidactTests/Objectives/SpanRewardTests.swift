import Autodidact
import Foundation
import Testing

@Suite("Rewards and KL weights of spans")
struct SpanRewardTests {
    @Test("each token has its own KL weight, none where the objective asks for no KL", arguments: [0.0, 0.5])
    func klWeights(coefficient: Double) {
        let k3 = exp(-0.5) + 0.5 - 1
        func value(_ objective: any Objective, weights: [Float]) -> ObjectiveValue {
            let sequence = TrainingSequence(
                context: [], targets: [1, 2, 3], advantages: [0, 0, 0], behavior: Logprobs([-1, -1, -1]),
                reference: Logprobs([-1.5, -1.5, -1.5]), klWeights: weights)
            return objective.evaluate(TrainingBatch([sequence]), policy: [Logprobs([-1, -1, -1])])
        }
        let objectives: [any Objective] = [
            PolicyGradient(klCoefficient: coefficient), GroupRelative(klCoefficient: coefficient, normalization: .sequences),
        ]
        for objective in objectives {
            let weighted = value(objective, weights: [0, 1, 4])
            #expect(abs(weighted.loss - coefficient * 5 * k3) < 1e-12)
            for (slope, weight) in zip(weighted.slopes[0], [0.0, 1, 4]) {
                #expect(abs(Double(slope) - coefficient * weight * (1 - exp(-0.5))) < 1e-6)
            }
            #expect(value(objective, weights: []) == value(objective, weights: [1, 1, 1]))
            #expect(abs((weighted.metrics["kl"] ?? 0) - k3) < 1e-12)
        }
    }

    @Test("a KL weight of 0 says nothing, also where the reference has no such token")
    func impossible() {
        let sequence = TrainingSequence(
            context: [], targets: [1], advantages: [1], reference: Logprobs([.infinity]), klWeights: [0])
        let value = PolicyGradient(klCoefficient: 1).evaluate(TrainingBatch([sequence]), policy: [Logprobs([-1])])
        #expect(value.loss == 1 && value.slopes == [[-1]])
    }

    @Test("each attempt has its own baseline")
    func attempts() {
        let reward_NA: [[Double?]] = [[1, 1], [0, 1], [0, nil], [nil, 0.5], [1]]
        // Means 0.5 of the first attempts and 5/6 of the second.
        let expected: [[Double]] = [[0.5, 1.0 / 6], [-0.5, 1.0 / 6], [-0.5, 0], [0, -1.0 / 3], [0.5]]
        for (found, wanted) in zip(perAttempt(reward_NA, centered), expected) {
            #expect(found.count == wanted.count)
            for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 1e-12) }
        }
        let first = leaveOneOut([1, 0, 0, nil, 1])
        #expect(perAttempt(reward_NA, leaveOneOut).map { $0[0] } == first)
        #expect(perAttempt([], centered).isEmpty)
    }
}
