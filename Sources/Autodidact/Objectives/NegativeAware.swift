import Foundation

/// Negative-aware fine-tuning: supervised learning that also models wrong answers (NFT, arXiv:2505.18116).
///
/// With r the share of correct answers in the whole group and R = π/π_behavior per token, the policy that was sampled is r·π + (1 − r)·π₋,
/// so wrong answers have the implicit likelihood ratio (1 − r·R)/(1 − r) and are learned from by maximising it:
/// L = (1/Z) Σᵢ wᵢ ω Σₜ lᵢₜ with l = −log R on right answers and −α·log max((1 − r·R)/(1 − r), ε) on wrong ones. The floor ε holds the
/// value and lets the gradient pass, else wrong answers would teach nothing once R > 1. Z is the number of sequences times `divisor`:
/// never a length. Where R = 1 the slopes are those of `GroupRelative` on `centered` advantages with `.constant(divisor)` (Dr. GRPO).
///
/// Each sequence carries `reward`, 1 right or 0 wrong, and `groupReward`, r, from *all* judged answers of the problem (`successRate`).
/// α = 0 is rejection-sampling fine-tuning: wrong answers are not looked at. Metrics, means over trained tokens, unweighted:
/// `ratio/mean`, `entropy_proxy` (nats) and, where there are wrong answers, `negative/floored` (share of their tokens on the floor).
public struct NegativeAware: Objective, Hashable, Codable {
    /// ω: how much a problem counts, by the share r of its answers that are right.
    public enum ProblemWeight: String, Sendable, Hashable, Codable, CaseIterable {
        /// 1 − r: the slopes of Dr. GRPO where the policy is the one that sampled.
        case failureRate = "failure-rate"
        /// √((1 − r)/r): those of GRPO, which divides by the deviation of the rewards.
        case normalized
        /// 1: each problem the same.
        case uniform
    }

    /// ω, the weight of a problem.
    public let problemWeight: ProblemWeight
    /// α, the weight of wrong answers.
    public let negativeWeight: Double
    /// ε, below which a wrong token's implicit ratio does not fall in value.
    public let floor: Double
    /// What a sequence's sum of token losses is divided by.
    public let divisor: Int

    /// The values of the paper's code.
    public init(
        problemWeight: ProblemWeight = .failureRate, negativeWeight: Double = 1, floor: Double = 1, divisor: Int = 1000
    ) {
        precondition(negativeWeight >= 0 && floor > 0, "weight \(negativeWeight) of wrong answers and floor \(floor) must be positive")
        precondition(divisor > 0, "a loss cannot be divided by \(divisor) tokens")
        self.problemWeight = problemWeight
        self.negativeWeight = negativeWeight
        self.floor = floor
        self.divisor = divisor
    }

    /// Behavior logprobs, and the rewards of the sequence and of its group.
    public var requirements: Set<ObjectiveRequirement> { [.behaviorLogprobs, .reward, .groupReward] }

    /// A token's slope follows from its own logprob.
    public var isSeparable: Bool { true }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        requireInputs(of: batch)
        var ratios = RunningMean()
        var entropy = RunningMean()
        var floored = RunningMean()
        let (loss, slopes) = batch.sum(over: policy, normalization: .constant(divisor)) { sequence, t, logprob in
            // Without these `requireInputs` has stopped already.
            let behavior = sequence.behavior.map { Double($0.values[t]) } ?? .nan
            let reward = sequence.reward ?? .nan
            let rate = Self.clamped(Double(sequence.groupReward ?? .nan))
            precondition(reward == 0 || reward == 1, "NegativeAware reads rewards of 0 and 1, not \(reward)")
            entropy.add(-logprob)
            ratios.add(exp(logprob - behavior))
            if reward == 0 && negativeWeight == 0 { return TokenLoss(loss: 0, slope: 0) }
            let parts = reward == 1 ? right(logprob - behavior) : wrong(logprob - behavior, rate: rate)
            if reward == 0 { floored.add(parts.isFloored) }
            let scale = weight(rate) * (reward == 1 ? 1 : negativeWeight)
            return TokenLoss(loss: scale * parts.token.loss, slope: scale * parts.token.slope)
        }
        var metrics = ["ratio/mean": ratios.value, "entropy_proxy": entropy.value]
        if !floored.isEmpty { metrics["negative/floored"] = floored.value }
        return ObjectiveValue(loss: loss, slopes: slopes, metrics: metrics)
    }

    /// ω(r).
    private func weight(_ rate: Double) -> Double {
        switch problemWeight {
        case .failureRate: 1 - rate
        case .normalized: ((1 - rate) / rate).squareRoot()
        case .uniform: 1
        }
    }

    /// −log R.
    private func right(_ logRatio: Double) -> (token: TokenLoss, isFloored: Bool) {
        let isBounded = logRatio > Self.largestLogRatio
        return (TokenLoss(loss: -(isBounded ? Self.largestLogRatio : logRatio), slope: isBounded ? 0 : -1), false)
    }

    /// −log max((1 − r·R)/(1 − r), ε), the slope as if the maximum were a sum that holds the value up.
    private func wrong(_ logRatio: Double, rate: Double) -> (token: TokenLoss, isFloored: Bool) {
        let isBounded = logRatio > Self.largestLogRatio
        let ratio = exp(isBounded ? Self.largestLogRatio : logRatio)
        let implicit = (1 - rate * ratio) / (1 - rate)
        let isFloored = implicit < floor
        let kept = isFloored ? floor : implicit
        return (TokenLoss(loss: -log(kept), slope: isBounded ? 0 : rate * ratio / ((1 - rate) * kept)), isFloored)
    }

    /// The largest log ratio that is exponentiated; beyond it a token has no slope.
    private static let largestLogRatio = 10.0

    /// The rate kept away from 0 and 1, where the decomposition of the policy breaks down.
    private static func clamped(_ rate: Double) -> Double { rate.isNaN ? rate : Swift.min(Swift.max(rate, 0.02), 0.98) }
}

/// The share of correct verdicts among those that were given; nil where none was.
///
/// Take it over the whole group of a problem, before anything is selected or cut into batches (r of arXiv:2505.18116).
public func successRate(of verdicts: [Verdict]) -> Double? {
    let judged = verdicts.filter { $0.reward != nil }
    return judged.isEmpty ? nil : Double(judged.count(where: \.isCorrect)) / Double(judged.count)
}
