import Autodidact
import Foundation
import Testing

@Suite("Objective values")
struct ObjectiveValueTests {
    /// The same batch with behavior logprobs equal to the policy's: fresh, on-policy.
    static func onPolicy(_ random: RandomBatch) -> TrainingBatch {
        TrainingBatch(
            zip(random.batch.sequences, random.policy).map {
                TrainingSequence(
                    context: $0.context, targets: $0.targets, mask: $0.mask, weight: $0.weight, advantages: $0.advantages, behavior: $1,
                    reference: $0.reference, group: $0.group, klWeights: $0.klWeights, reward: $0.reward, groupReward: $0.groupReward)
            })
    }

    @Test("on-policy GRPO without KL has the policy gradient's slope", arguments: RandomBatch.all, ObjectiveCase.normalizations)
    func onPolicySlope(_ random: RandomBatch, _ normalization: LossNormalization) {
        let batch = Self.onPolicy(random)
        let expected = PolicyGradient(normalization: normalization).evaluate(batch, policy: random.policy).slopes
        #expect(GroupRelative(normalization: normalization).evaluate(batch, policy: random.policy).slopes == expected)
        let weighted = PolicyGradient(usesImportanceRatio: true, normalization: normalization)
        #expect(weighted.evaluate(batch, policy: random.policy).slopes == expected)
    }

    @Test("on-policy metrics: ratio 1, nothing clipped")
    func onPolicyMetrics() {
        let random = RandomBatch.all[0]
        let metrics = GroupRelative().evaluate(Self.onPolicy(random), policy: random.policy).metrics
        #expect(metrics["ratio/mean"] == 1)
        #expect(metrics["clip_ratio/low_mean"] == 0 && metrics["clip_ratio/high_mean"] == 0)
    }

    @Test("supervised loss by hand: weights count in the sum, not in the divisor")
    func supervised() {
        let batch = TrainingBatch([
            TrainingSequence(context: [1], targets: [1, 2, 3], mask: [true, false, true], weight: 0.5),
            TrainingSequence(context: [], targets: [4], weight: -2),
        ])
        let policy = [Logprobs<FullVocabulary>([-1, -9, -3]), Logprobs([-2])]
        let tokens = SupervisedFineTuning().evaluate(batch, policy: policy)
        #expect(abs(tokens.loss - (0.5 * 4 - 2 * 2) / 3) < 1e-12)
        let (sixth, twoThirds) = (Float(0.5 / 3), Float(2.0 / 3))
        #expect(tokens.slopes == [[-sixth, 0, -sixth], [twoThirds]])
        #expect(tokens.metrics == ["nll": 2])
        let sequences = SupervisedFineTuning(normalization: .sequences).evaluate(batch, policy: policy)
        #expect(abs(sequences.loss - (0.5 * 4 - 2 * 2) / 2) < 1e-12)
        let means = SupervisedFineTuning(normalization: .sequenceMean).evaluate(batch, policy: policy)
        #expect(abs(means.loss - (0.5 * 2 - 2 * 2) / 2) < 1e-12)
        let constant = SupervisedFineTuning(normalization: .constant(8)).evaluate(batch, policy: policy)
        #expect(abs(constant.loss - (0.5 * 4 - 2 * 2) / 16) < 1e-12)
    }

    /// One token far beyond a bound, by advantage and log ratio: loss and slope by hand.
    @Test(
        "the clip takes the slope only where it helps no more",
        arguments: [
            (1.0, 0.6, -1.28, 0.0), (1.0, -0.6, -exp(-0.6), -exp(-0.6)), (-1.0, 0.6, exp(0.6), exp(0.6)), (-1.0, -0.6, 0.8, 0.0),
        ])
    func clip(advantage: Double, logRatio: Double, loss: Double, slope: Double) {
        let sequence = TrainingSequence(
            context: [], targets: [1], advantages: [Float(advantage)], behavior: Logprobs([Float(-1 - logRatio)]))
        let value = GroupRelative(clipLow: 0.2, clipHigh: 0.28).evaluate(TrainingBatch([sequence]), policy: [Logprobs([-1])])
        #expect(abs(value.loss - loss) < 1e-6)
        #expect(abs(Double(value.slopes[0][0]) - slope) < 1e-6)
    }

    @Test("the KL estimate is k3, and its metric is there without a penalty")
    func kl() {
        let sequence = TrainingSequence(
            context: [], targets: [1], advantages: [0], behavior: Logprobs([-1]), reference: Logprobs([-1.5]))
        let free = GroupRelative().evaluate(TrainingBatch([sequence]), policy: [Logprobs([-1])])
        let k3 = exp(-0.5) + 0.5 - 1
        #expect(abs((free.metrics["kl"] ?? 0) - k3) < 1e-12)
        #expect(free.loss == 0)
        let penalised = GroupRelative(klCoefficient: 0.04).evaluate(TrainingBatch([sequence]), policy: [Logprobs([-1])])
        #expect(abs(penalised.loss - 0.04 * k3) < 1e-12)
        #expect(abs(Double(penalised.slopes[0][0]) - 0.04 * (1 - exp(-0.5))) < 1e-7)
    }

    @Test("a NaN logprob is carried into loss and slope, never clipped away", arguments: ObjectiveCase.all)
    func nan(_ test: ObjectiveCase) {
        let pair = [1, 0].map { reward in
            TrainingSequence(
                context: [], targets: [1], advantages: [1], behavior: Logprobs([-1]), reference: Logprobs([-1]), reward: reward,
                groupReward: 0.5)
        }
        let value = test.objective.evaluate(TrainingBatch(pair), policy: [Logprobs([.nan]), Logprobs([-1])])
        #expect(value.loss.isNaN)
    }

    @Test("a normalisation's text form reads back", arguments: ObjectiveCase.normalizations)
    func normalizationText(_ normalization: LossNormalization) throws {
        #expect(LossNormalization(normalization.description) == normalization)
        #expect(try JSONDecoder().decode(LossNormalization.self, from: JSONEncoder().encode(normalization)) == normalization)
    }

    @Test("other texts are no normalisation", arguments: ["", "token", "constant", "constant:", "constant:0", "constant:-3", "constant:x"])
    func noNormalization(_ text: String) {
        #expect(LossNormalization(text) == nil)
    }
}
