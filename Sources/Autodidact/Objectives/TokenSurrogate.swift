import Foundation

/// A loss as training services compute it themselves: −Σ c·f over tokens, c being known before the policy's logprobs are.
///
/// An objective of this form needs one pass through a remote model for a step; any other needs a pass for its slopes first. Law, checked
/// for each objective that has one: its slopes are those of `evaluate`.
public struct TokenSurrogate: Sendable, Hashable {
    /// f, a function of a token's logprob.
    public enum Form: Sendable, Hashable {
        /// log π: cross-entropy with weights c.
        case logprob
        /// π/π_behavior: importance sampling with advantages c.
        case ratio
        /// π/π_behavior, which has no slope where it is above 1 + `high` for c > 0, or below 1 − `low` for c < 0 (arXiv:1707.06347, eq. 7).
        case clippedRatio(low: Double, high: Double)
    }

    /// f.
    public let form: Form
    /// c, aligned with the targets of each sequence; 0 where nothing is trained.
    public let coefficients: [[Float]]

    /// A loss of this form.
    public init(_ form: Form, coefficients: [[Float]]) {
        (self.form, self.coefficients) = (form, coefficients)
    }

    /// dLoss/dlogprob of each target at `policy`.
    public func slopes(of batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> [[Float]] {
        zip(zip(batch.sequences, policy), coefficients).map { known, coefficient_T in
            let (sequence, logprobs) = known
            return coefficient_T.indices.map { t in
                let coefficient = coefficient_T[t]
                guard coefficient != 0, form != .logprob else { return -coefficient }
                // Without behavior logprobs there is no ratio; 1 is never assumed.
                let behavior = sequence.behavior.map { Double($0.values[t]) } ?? .nan
                let ratio = exp(Double(logprobs.values[t]) - behavior)
                if case .clippedRatio(let low, let high) = form {
                    if coefficient > 0 && ratio > 1 + high || coefficient < 0 && ratio < 1 - low { return 0 }
                }
                return Float(-Double(coefficient) * ratio)
            }
        }
    }
}

extension TrainingBatch {
    /// The coefficients of token losses that are weighed and normalised as `sum(over:normalization:)` does; 0 where nothing is trained.
    func coefficients(_ normalization: LossNormalization, _ value: (_ sequence: TrainingSequence, _ t: Int) -> Float) -> [[Float]] {
        zip(sequences, normalization.factors(for: self)).map { sequence, factor in
            sequence.targets.indices.map { t in
                sequence.isTrained(t) ? Float(factor * Double(sequence.weight) * Double(value(sequence, t))) : 0
            }
        }
    }
}
