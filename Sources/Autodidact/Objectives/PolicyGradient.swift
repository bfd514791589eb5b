import Foundation

/// REINFORCE on tokens: L = (1/Z) Σᵢ wᵢ Σₜ [ −Aᵢₜ log π(yᵢₜ) + β·κᵢₜ·k3ᵢₜ ] (Williams 1992; RLOO, arXiv:2402.14740).
///
/// Advantages and KL weights κ (1 unless the sequence says otherwise) are each token's own, so the spans of a sequence may have rewards
/// and KL penalties of their own: two attempts, of which the first is held to the reference (SCoRe, arXiv:2409.12917). `leaveOneOut`
/// gives RLOO's advantages, `perAttempt` those of several attempts.
///
/// With `usesImportanceRatio` the token loss is −A·π/π_behavior instead, which has the same slope where the tokens are on-policy and
/// stays unbiased per token where they are a little stale; nothing is clipped.
/// Metrics over the trained tokens, unweighted: `entropy_proxy` (mean −logprob, nats), where behavior logprobs are there `ratio/mean`,
/// and where reference logprobs are there `kl` (k3, nats).
public struct PolicyGradient: Objective, Hashable, Codable {
    /// Whether each token is weighted by π/π_behavior.
    public let usesImportanceRatio: Bool
    /// β, the weight of the KL to the reference; 0 needs no reference.
    public let klCoefficient: Double
    /// What the sum of token losses is divided by.
    public let normalization: LossNormalization

    /// The plain estimator on whole sequences unless told otherwise.
    public init(usesImportanceRatio: Bool = false, klCoefficient: Double = 0, normalization: LossNormalization = .sequences) {
        self.usesImportanceRatio = usesImportanceRatio
        self.klCoefficient = klCoefficient
        self.normalization = normalization
    }

    /// Advantages; behavior logprobs for the ratio, reference logprobs for the KL penalty.
    public var requirements: Set<ObjectiveRequirement> {
        var needed: Set<ObjectiveRequirement> = [.advantages]
        if usesImportanceRatio { needed.insert(.behaviorLogprobs) }
        if klCoefficient != 0 { needed.insert(.referenceLogprobs) }
        return needed
    }

    /// A token's slope follows from its own logprob.
    public var isSeparable: Bool { true }

    /// Cross-entropy weighted by advantages, or importance sampling; none with a KL penalty.
    public func surrogate(of batch: TrainingBatch) -> TokenSurrogate? {
        guard klCoefficient == 0 else { return nil }
        requireInputs(of: batch)
        let coefficients = batch.coefficients(normalization) { sequence, t in sequence.advantages[t] }
        return TokenSurrogate(usesImportanceRatio ? .ratio : .logprob, coefficients: coefficients)
    }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        requireInputs(of: batch)
        var entropy = RunningMean()
        var ratios = RunningMean()
        var kl = RunningMean()
        let (loss, slopes) = batch.sum(over: policy, normalization: normalization) { sequence, t, logprob in
            let ratio = sequence.behavior.map { exp(logprob - Double($0.values[t])) }
            entropy.add(-logprob)
            if let ratio { ratios.add(ratio) }
            let reinforcement = reinforcement(Double(sequence.advantages[t]), logprob: logprob, ratio: ratio)
            guard let (k3, penalty) = sequence.klPenalty(at: t, logprob: logprob, coefficient: klCoefficient) else { return reinforcement }
            kl.add(k3)
            return reinforcement + penalty
        }
        var metrics = ["entropy_proxy": entropy.value]
        if !ratios.isEmpty { metrics["ratio/mean"] = ratios.value }
        if !kl.isEmpty { metrics["kl"] = kl.value }
        return ObjectiveValue(loss: loss, slopes: slopes, metrics: metrics)
    }

    private func reinforcement(_ advantage: Double, logprob: Double, ratio: Double?) -> TokenLoss {
        // A token without advantage says nothing, also where its logprob is not finite: 0 · ∞ must not become NaN.
        if advantage == 0 { return TokenLoss(loss: 0, slope: 0) }
        if usesImportanceRatio, let ratio { return TokenLoss(loss: -advantage * ratio, slope: -advantage * ratio) }
        return TokenLoss(loss: -advantage * logprob, slope: -advantage)
    }
}
