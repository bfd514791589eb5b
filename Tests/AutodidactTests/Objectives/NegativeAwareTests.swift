import Autodidact
import Foundation
import Randomness
import Testing

@Suite("Negative-aware fine-tuning")
struct NegativeAwareTests {
    /// Three groups of eight answers with 1, 3 and 6 right, each with advantages by `rule` and fresh behavior logprobs.
    static func groups(_ rule: ([Double?]) -> [Double], logRatio: Float = 0) -> (TrainingBatch, [Logprobs<FullVocabulary>]) {
        var generator = SeedTree(root: 5)("nft").generator
        var sequences: [TrainingSequence] = []
        var policy: [Logprobs<FullVocabulary>] = []
        for (group, right) in [1, 3, 6].enumerated() {
            let verdicts: [Verdict] = (0..<8).map { $0 < right ? .correct : .wrong("") }
            let advantage_G = rule(verdicts.map(\.reward))
            for (verdict, advantage) in zip(verdicts, advantage_G) {
                let logprobs = (0..<(1 + generator.index(below: 5))).map { _ in Float(-3 * generator.uniform()) }
                sequences.append(
                    TrainingSequence(
                        context: [], targets: logprobs.map { _ in 1 }, advantages: logprobs.map { _ in Float(advantage) },
                        behavior: Logprobs(logprobs.map { $0 - logRatio }), group: group, reward: verdict.reward.map { Float($0) },
                        groupReward: successRate(of: verdicts).map { Float($0) }))
                policy.append(Logprobs(logprobs))
            }
        }
        return (TrainingBatch(sequences), policy)
    }

    /// One answer of one token with this log ratio.
    static func single(reward: Float, rate: Float, logRatio: Float) -> TrainingBatch {
        TrainingBatch([
            TrainingSequence(context: [], targets: [1], behavior: Logprobs([-1 - logRatio]), reward: reward, groupReward: rate)
        ])
    }

    static let onePolicy = [Logprobs<FullVocabulary>([-1])]

    @Test("where the policy is the one that sampled, the slopes are Dr. GRPO's")
    func onPolicy() {
        let (batch, policy) = Self.groups(centered)
        let expected = GroupRelative(normalization: .constant(1000)).evaluate(batch, policy: policy).slopes
        let slopes = NegativeAware().evaluate(batch, policy: policy).slopes
        #expect(expected.joined().contains { $0 != 0 })
        for (slope, wanted) in zip(slopes.joined(), expected.joined()) { #expect(abs(slope - wanted) <= 1e-7 * abs(wanted) * 4) }
    }

    @Test("the normalised problem weight gives GRPO's slopes, up to its deviation's n − 1 and ε")
    func normalised() {
        let (batch, policy) = Self.groups { reward_G in
            let advantage_G = centered(reward_G)
            let deviation = (advantage_G.reduce(0) { $0 + $1 * $1 } / Double(advantage_G.count)).squareRoot()
            return advantage_G.map { $0 / deviation }
        }
        let expected = GroupRelative(normalization: .constant(1000)).evaluate(batch, policy: policy).slopes
        let slopes = NegativeAware(problemWeight: .normalized).evaluate(batch, policy: policy).slopes
        for (slope, wanted) in zip(slopes.joined(), expected.joined()) { #expect(abs(slope - wanted) <= 1e-6 * abs(wanted)) }
    }

    @Test("on the floor the value stands still and the gradient passes", arguments: [0.1, 0.5, 2])
    func straightThrough(logRatio: Double) {
        let (rate, ratio) = (0.25, exp(logRatio))
        let value = NegativeAware(problemWeight: .uniform, divisor: 1)
            .evaluate(Self.single(reward: 0, rate: 0.25, logRatio: Float(logRatio)), policy: Self.onePolicy)
        #expect(value.loss == 0)
        #expect(abs(Double(value.slopes[0][0]) - rate * ratio / (1 - rate)) < 1e-6)
        #expect(value.metrics["negative/floored"] == 1)
    }

    @Test("above the floor loss and slope are those of the implicit negative policy", arguments: [0.4, 1.0])
    func implicit(negativeWeight: Double) {
        let (rate, ratio) = (0.25, exp(-0.5))
        let value = NegativeAware(negativeWeight: negativeWeight, divisor: 1)
            .evaluate(Self.single(reward: 0, rate: 0.25, logRatio: -0.5), policy: Self.onePolicy)
        let scale = negativeWeight * (1 - rate)
        #expect(abs(value.loss + scale * log((1 - rate * ratio) / (1 - rate))) < 1e-7)
        #expect(abs(Double(value.slopes[0][0]) - scale * rate * ratio / (1 - rate * ratio)) < 1e-7)
        #expect(value.metrics["negative/floored"] == 0)
    }

    @Test("without weight, wrong answers are not looked at: rejection-sampling fine-tuning")
    func rejectionSampling() {
        let objective = NegativeAware(problemWeight: .uniform, negativeWeight: 0, divisor: 2)
        let batch = TrainingBatch(
            [(Float(1), TokenID(1)), (0, 2)].map { reward, token in
                TrainingSequence(context: [], targets: [token], behavior: Logprobs([-1]), reward: reward, groupReward: 0.5)
            })
        let value = objective.evaluate(batch, policy: [Logprobs([-1.5]), Logprobs([-.infinity])])
        #expect(value.slopes == [[-0.25], [0]])
        #expect(abs(value.loss - 0.5 / 4) < 1e-12)
        #expect(value.metrics["negative/floored"] == nil)
    }

    @Test("a group's rate is kept away from 0 and 1, and ratios from overflow", arguments: [Float(0), 1], [Float(0), 1])
    func clamps(reward: Float, rate: Float) {
        for weight in NegativeAware.ProblemWeight.allCases {
            let value = NegativeAware(problemWeight: weight)
                .evaluate(Self.single(reward: reward, rate: rate, logRatio: 500), policy: Self.onePolicy)
            #expect(value.loss.isFinite && value.slopes == [[0]])
        }
    }

    @Test("cutting a group into batches leaves each slope as it is, up to the divisor")
    func parts() {
        let (batch, policy) = Self.groups(centered, logRatio: 0.1)
        let whole = NegativeAware().evaluate(batch, policy: policy)
        for start in stride(from: 0, to: 24, by: 4) {
            let range = start..<(start + 4)
            let part = NegativeAware().evaluate(TrainingBatch(Array(batch.sequences[range])), policy: Array(policy[range]))
            for (slope, wanted) in zip(part.slopes.joined(), whole.slopes[range].joined()) {
                #expect(abs(slope * 4 / 24 - wanted) <= 1e-6 * abs(wanted))
            }
        }
    }

    @Test("the rate counts the judged only")
    func rate() {
        #expect(successRate(of: [.correct, .wrong(""), .unscorable(reason: ""), .wrong(score: 0.9, feedback: "")]) == 1.0 / 3)
        #expect(successRate(of: [.unscorable(reason: "")]) == nil)
    }
}
