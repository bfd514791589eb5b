import Foundation

/// REINFORCE on tokens: L = (1/Z) Σᵢ wᵢ Σₜ −Aᵢₜ log π(yᵢₜ) (Williams 1992; RLOO with `leaveOneOut` advantages, arXiv:2402.14740).
///
/// With `usesImportanceRatio` the token loss is −A·π/π_behavior instead, which has the same slope where the tokens are on-policy and
/// stays unbiased per token where they are a little stale; nothing is clipped.
/// Metrics over the trained tokens, unweighted: `entropy_proxy` (mean −logprob, nats) and, where behavior logprobs are there,
/// `ratio/mean`.
public struct PolicyGradient: Objective, Hashable, Codable {
    /// Whether each token is weighted by π/π_behavior.
    public let usesImportanceRatio: Bool
    /// What the sum of token losses is divided by.
    public let normalization: LossNormalization

    /// The plain estimator on whole sequences unless told otherwise.
    public init(usesImportanceRatio: Bool = false, normalization: LossNormalization = .sequences) {
        self.usesImportanceRatio = usesImportanceRatio
        self.normalization = normalization
    }

    /// Advantages, and behavior logprobs for the ratio.
    public var requirements: Set<ObjectiveRequirement> {
        usesImportanceRatio ? [.advantages, .behaviorLogprobs] : [.advantages]
    }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        requireInputs(of: batch)
        var entropy = RunningMean()
        var ratios = RunningMean()
        let (loss, slopes) = batch.sum(over: policy, normalization: normalization) { sequence, t, logprob in
            let ratio = sequence.behavior.map { exp(logprob - Double($0.values[t])) }
            entropy.add(-logprob)
            if let ratio { ratios.add(ratio) }
            let advantage = Double(sequence.advantages[t])
            // A token without advantage says nothing, also where its logprob is not finite: 0 · ∞ must not become NaN.
            if advantage == 0 { return TokenLoss(loss: 0, slope: 0) }
            if usesImportanceRatio, let ratio { return TokenLoss(loss: -advantage * ratio, slope: -advantage * ratio) }
            return TokenLoss(loss: -advantage * logprob, slope: -advantage)
        }
        var metrics = ["entropy_proxy": entropy.value]
        if !ratios.isEmpty { metrics["ratio/mean"] = ratios.value }
        return ObjectiveValue(loss: loss, slopes: slopes, metrics: metrics)
    }
}
