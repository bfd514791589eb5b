/// Weighted negative log-likelihood of the trained tokens: L = (1/Z) Σᵢ wᵢ Σₜ −log π(yᵢₜ).
///
/// With `TrainingSequence.weight` 1 this is supervised fine-tuning. Weights may be fractional (reward-weighted regression), zero, or
/// negative (unlikelihood of wrong samples; unbounded below, so keep steps small). Z counts tokens or sequences, never weights.
/// Metrics: `nll`, the mean −logprob of the trained tokens in nats, unweighted. A batch that trains nothing has loss 0.
public struct SupervisedFineTuning: Objective, Hashable, Codable {
    /// What the sum of token losses is divided by.
    public let normalization: LossNormalization

    /// The mean over trained tokens unless told otherwise.
    public init(normalization: LossNormalization = .tokens) {
        self.normalization = normalization
    }

    /// Nothing but the policy's own logprobs.
    public var requirements: Set<ObjectiveRequirement> { [] }

    /// A token's slope follows from its own logprob.
    public var isSeparable: Bool { true }

    /// Cross-entropy with fractional or negative weights.
    public func surrogate(of batch: TrainingBatch) -> TokenSurrogate? {
        TokenSurrogate(.logprob, coefficients: batch.coefficients(normalization) { _, _ in 1 })
    }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        var nll = RunningMean()
        let (loss, slopes) = batch.sum(over: policy, normalization: normalization) { _, _, logprob in
            nll.add(-logprob)
            return TokenLoss(loss: -logprob, slope: -1)
        }
        return ObjectiveValue(loss: loss, slopes: slopes, metrics: ["nll": nll.value])
    }
}
