import Autodidact
import Foundation
import Testing

@Suite("Objectives over pairs")
struct PairwiseTests {
    /// One sequence of two tokens for each reward, all of one group, and a policy that has raised each by so much over the reference.
    static func batch(
        rewards: [Float], raised: [Float], advantages: [Float] = []
    ) -> (TrainingBatch, [Logprobs<FullVocabulary>]) {
        let sequences = rewards.indices.map { i in
            TrainingSequence(
                context: [], targets: [1, 2], advantages: advantages.isEmpty ? [] : [advantages[i], advantages[i]],
                reference: Logprobs([-1, -2]), reward: rewards[i])
        }
        return (TrainingBatch(sequences), raised.map { Logprobs([-1 + $0, -2]) })
    }

    @Test("DPO by hand, whichever stands first", arguments: [false, true])
    func dpo(isReversed: Bool) {
        let raised: [Float] = [0.75, -0.25]
        let (batch, policy) = Self.batch(
            rewards: isReversed ? [0, 1] : [1, 0], raised: isReversed ? raised.reversed() : raised)
        let value = Pairwise(beta: 0.5).evaluate(batch, policy: policy)
        #expect(abs(value.loss - log(1 + exp(-0.5))) < 1e-12)
        let slope = Float(-0.5 / (1 + exp(0.5)))
        #expect(value.slopes == (isReversed ? [[-slope, -slope], [slope, slope]] : [[slope, slope], [-slope, -slope]]))
        #expect(value.metrics["rewards/margins"] == 0.5 && value.metrics["rewards/accuracies"] == 1)
        #expect(value.metrics["rewards/chosen"] == 0.375 && value.metrics["rewards/rejected"] == -0.125)
        #expect(value.metrics["logps/chosen"] == -2.25 && value.metrics["logps/rejected"] == -3.25)
        #expect(value.metrics["pairs/tied"] == 0)
    }

    @Test("a label that may be wrong stops the margin from growing without end")
    func smoothing() {
        let margin: (Float) -> Float = { raised in
            let (batch, policy) = Self.batch(rewards: [1, 0], raised: [raised, 0])
            return Pairwise(loss: .sigmoid(labelSmoothing: 0.25), beta: 1).evaluate(batch, policy: policy).slopes[0][0]
        }
        // σ(Δ) = 1 − s at Δ = log 3.
        #expect(margin(1) < -0.01 && margin(1.2) > 0.01)
        #expect(abs(margin(Float(log(3.0)))) < 1e-6)
    }

    @Test("IPO stops at a margin of 1/(2β)")
    func ipo() {
        let objective = Pairwise(loss: .squaredLogRatio, beta: 0.25)
        let (batch, policy) = Self.batch(rewards: [1, 0], raised: [1.5, -0.5])
        #expect(objective.evaluate(batch, policy: policy).loss == 0)
        let (_, less) = Self.batch(rewards: [1, 0], raised: [0.5, -0.5])
        let value = objective.evaluate(batch, policy: less)
        #expect(value.loss == 1 && value.slopes == [[-2, -2], [2, 2]])
    }

    @Test("regression onto rewards by hand; the slope is CoPG's times 2β")
    func regression() {
        let (batch, policy) = Self.batch(rewards: [0.5, 3], raised: [0.5, 0.25])
        let value = Pairwise(loss: .rewardRegression, beta: 2).evaluate(batch, policy: policy)
        // β·Δ = −0.5 of the second over the first, reward gap 2.5.
        #expect(value.loss == 9)
        let copg = Float(2.5 - 2 * -0.25)
        #expect(value.slopes == [[4 * copg, 4 * copg], [-4 * copg, -4 * copg]])
    }

    @Test("pairs of equal reward count only where the size of the gap does")
    func ties() {
        let (batch, policy) = Self.batch(rewards: [1, 1], raised: [0.5, 0])
        for loss in [PairLoss.sigmoid(labelSmoothing: 0), .squaredLogRatio] {
            let value = Pairwise(loss: loss).evaluate(batch, policy: policy)
            #expect(value.loss == 0 && value.slopes == [[0, 0], [0, 0]] && value.metrics == ["pairs/tied": 1])
        }
        let value = Pairwise(loss: .rewardRegression, beta: 1).evaluate(batch, policy: policy)
        #expect(value.loss == 0.25 && value.metrics["pairs/tied"] == 1)
    }

    @Test("a group of three makes three pairs")
    func triple() {
        let (batch, policy) = Self.batch(rewards: [0, 2, 1], raised: [0.5, 1, 0])
        let value = Pairwise(loss: .rewardRegression, beta: 1).evaluate(batch, policy: policy)
        #expect(abs(value.loss - ((0.5 - 2) * (0.5 - 2) + (-0.5 - 1) * (-0.5 - 1) + (1 - 1) * (1 - 1)) / 3) < 1e-12)
        #expect(abs((value.metrics["rewards/accuracies"] ?? 0) - 2.0 / 3) < 1e-12)
    }

    @Test("optimism lowers the reference's own sample, by α a token, and touches nothing else")
    func optimism() {
        let (batch, policy) = Self.batch(rewards: [1, 0], raised: [0.5, 0], advantages: [0, -1])
        let plain = Pairwise(beta: 1).evaluate(batch, policy: policy)
        let value = Pairwise(beta: 1, linearCoefficient: 0.25).evaluate(batch, policy: policy)
        #expect(abs(value.loss - plain.loss - 0.25 * -3) < 1e-12)
        #expect(value.slopes[0] == plain.slopes[0])
        #expect(value.slopes[1].elementsEqual(plain.slopes[1]) { abs($0 - $1 - 0.25) < 1e-6 })
        #expect(value.metrics == plain.metrics)
    }

    @Test("regression onto the reference's own logprobs ends at its power 1 + 1/β", arguments: [0.5, 2])
    func sharpening(beta: Double) {
        let reference: [Float] = [0.5, 0.3, 0.2].map { log($0) }
        var logits = reference.map { Double($0) }
        let objective = Pairwise(loss: .rewardRegression, beta: beta)
        let batch = TrainingBatch(
            reference.indices.map { i in
                TrainingSequence(context: [], targets: [TokenID(i)], reference: Logprobs([reference[i]]), reward: reference[i])
            })
        for _ in 0..<2000 {
            let normalizer = log(logits.reduce(0) { $0 + exp($1) })
            let slopes = objective.evaluate(batch, policy: logits.map { Logprobs([Float($0 - normalizer)]) }).slopes.map { Double($0[0]) }
            let sum = slopes.reduce(0, +)
            for i in logits.indices { logits[i] -= 0.1 / (beta * beta) * (slopes[i] - sum * exp(logits[i] - normalizer)) }
        }
        let power = reference.map { exp(Double($0) * (1 + 1 / beta)) }
        let normalizer = logits.reduce(0) { $0 + exp($1) }
        for (logit, wanted) in zip(logits, power) { #expect(abs(exp(logit) / normalizer - wanted / power.reduce(0, +)) < 1e-3) }
    }

    @Test("a pair's examples share their group and carry what pairs read")
    func pairOfExamples() {
        let problem = Problem(task: "test", canonical: "p", prompt: "p", reference: "", level: 1)
        let example = { (token: TokenID) in
            TrainingExample(
                question: problem.question,
                sequence: TrainingSequence(
                    context: [9], targets: [token, 0], behavior: Logprobs([-1, -2]), reference: Logprobs([-3, -4])))
        }
        let pair = PreferencePair(example(1), reward: 0.5, example(2), reward: -1, secondIsReferenceSample: true).examples(group: 7)
        #expect(pair.map(\.sequence.group) == [7, 7])
        #expect(pair.map(\.sequence.reward) == [0.5, -1])
        #expect(pair.map(\.sequence.advantages) == [[0, 0], [-1, -1]])
        #expect(pair.map(\.sequence.targets) == [[1, 0], [2, 0]])
        #expect(pair.map(\.sequence.behavior) == [Logprobs([-1, -2]), Logprobs([-1, -2])])
        #expect(Pairwise(linearCoefficient: 0.1).missing(in: TrainingBatch(pair.map(\.sequence))) == nil)
    }
}
