/// GRPO and its relatives: the clipped surrogate per token plus a KL penalty, on group advantages (arXiv:2402.03300).
///
/// L = (1/Z) Σᵢ wᵢ Σₜ [ −min(rᵢₜAᵢₜ, clip(rᵢₜ, 1−low, 1+high)Aᵢₜ) + β·κᵢₜ·k3ᵢₜ ], r = π/π_behavior (its eq. 3), κ the token's KL
/// weight (1 in the paper). Advantages come with the sequences: `groupNormalized` for GRPO and DAPO, `centered` for Dr. GRPO. Variants:
/// DAPO (arXiv:2503.14476) has `clipHigh` 0.28 and `.tokens`; Dr. GRPO (arXiv:2503.20783) `.constant(longest completion)`; the GRPO paper
/// trains with β = 0.04.
///
/// Metrics are means over all trained tokens before anything is clipped or weighed: `ratio/mean`, `clip_ratio/low_mean` and
/// `clip_ratio/high_mean` (shares of tokens whose slope a bound takes away), `entropy_proxy` (mean −logprob, nats) and, where
/// reference logprobs are there, `kl` (k3, nats).
public struct GroupRelative: Objective, Hashable, Codable {
    /// How far the ratio may fall below 1.
    public let clipLow: Double
    /// How far the ratio may rise above 1.
    public let clipHigh: Double
    /// β, the weight of the KL to the reference; 0 needs no reference.
    public let klCoefficient: Double
    /// What the sum of token losses is divided by.
    public let normalization: LossNormalization

    /// The paper's clip and normalisation, without KL unless told otherwise.
    public init(
        clipLow: Double = 0.2, clipHigh: Double = 0.2, klCoefficient: Double = 0, normalization: LossNormalization = .sequenceMean
    ) {
        precondition(clipLow >= 0 && clipHigh >= 0, "clip bounds \(clipLow), \(clipHigh) must not be negative")
        self.clipLow = clipLow
        self.clipHigh = clipHigh
        self.klCoefficient = klCoefficient
        self.normalization = normalization
    }

    /// Advantages and behavior logprobs; reference logprobs where there is a KL penalty.
    public var requirements: Set<ObjectiveRequirement> {
        klCoefficient == 0 ? [.advantages, .behaviorLogprobs] : [.advantages, .behaviorLogprobs, .referenceLogprobs]
    }

    /// A token's slope follows from its own logprob.
    public var isSeparable: Bool { true }

    /// The clipped surrogate; none with a KL penalty, nor where a weight turns the side on which an advantage is clipped.
    public func surrogate(of batch: TrainingBatch) -> TokenSurrogate? {
        guard klCoefficient == 0, batch.sequences.allSatisfy({ $0.weight >= 0 }) else { return nil }
        requireInputs(of: batch)
        let coefficients = batch.coefficients(normalization) { sequence, t in sequence.advantages[t] }
        return TokenSurrogate(.clippedRatio(low: clipLow, high: clipHigh), coefficients: coefficients)
    }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        requireInputs(of: batch)
        let surrogate = ClippedSurrogate(low: clipLow, high: clipHigh)
        var ratios = RunningMean()
        var low = RunningMean()
        var high = RunningMean()
        var entropy = RunningMean()
        var kl = RunningMean()
        let (loss, slopes) = batch.sum(over: policy, normalization: normalization) { sequence, t, logprob in
            // Without behavior logprobs `requireInputs` has stopped already; a ratio of 1 is never assumed for training.
            let behavior = sequence.behavior.map { Double($0.values[t]) } ?? .nan
            let parts = surrogate.evaluate(logprob, behavior: behavior, advantage: Double(sequence.advantages[t]))
            ratios.add(parts.ratio)
            low.add(parts.clippedLow)
            high.add(parts.clippedHigh)
            entropy.add(-logprob)
            guard let (k3, penalty) = sequence.klPenalty(at: t, logprob: logprob, coefficient: klCoefficient) else { return parts.token }
            kl.add(k3)
            return parts.token + penalty
        }
        var metrics = [
            "ratio/mean": ratios.value, "clip_ratio/low_mean": low.value, "clip_ratio/high_mean": high.value,
            "entropy_proxy": entropy.value,
        ]
        if !kl.isEmpty { metrics["kl"] = kl.value }
        return ObjectiveValue(loss: loss, slopes: slopes, metrics: metrics)
    }
}
