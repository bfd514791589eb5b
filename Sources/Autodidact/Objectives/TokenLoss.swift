/// What an objective says of one token: its loss, and the derivative of that by the token's logprob.
struct TokenLoss {
    /// Lower is better.
    let loss: Double
    /// dLoss/dlogprob.
    let slope: Double
}

extension TrainingBatch {
    /// Weighs, normalises and sums token losses; tokens whose mask is false are not looked at and get slope 0.
    ///
    /// `policy` holds one array for each sequence, aligned with its targets, in nats. Sums run in Double in the order of the batch.
    /// A value that is not finite is carried on, never clipped away: the optimiser refuses such a step.
    func sum(
        over policy: [Logprobs<FullVocabulary>], normalization: LossNormalization,
        _ tokenLoss: (_ sequence: TrainingSequence, _ t: Int, _ logprob: Double) -> TokenLoss
    ) -> (loss: Double, slopes: [[Float]]) {
        precondition(policy.count == sequences.count, "\(policy.count) logprob arrays for \(sequences.count) sequences")
        var loss = 0.0
        var slopes: [[Float]] = []
        slopes.reserveCapacity(sequences.count)
        for (i, factor) in normalization.factors(for: self).enumerated() {
            let sequence = sequences[i]
            let logprobs = policy[i].values
            precondition(logprobs.count == sequence.targets.count, "\(logprobs.count) logprobs for \(sequence.targets.count) targets")
            let scale = factor * Double(sequence.weight)
            var slope_T = [Float](repeating: 0, count: logprobs.count)
            for t in logprobs.indices where sequence.isTrained(t) {
                let token = tokenLoss(sequence, t, Double(logprobs[t]))
                loss += scale * token.loss
                slope_T[t] = Float(scale * token.slope)
            }
            slopes.append(slope_T)
        }
        return (loss, slopes)
    }
}

extension TokenLoss {
    /// The loss and slope of two terms together.
    static func + (first: TokenLoss, second: TokenLoss) -> TokenLoss {
        TokenLoss(loss: first.loss + second.loss, slope: first.slope + second.slope)
    }
}
