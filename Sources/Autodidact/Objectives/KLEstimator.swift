import Foundation

/// The k3 estimate of KL(policy ‖ reference) from one token drawn from the policy: exp(q − p) − (q − p) − 1 ≥ 0, nats.
///
/// p and q are the token's logprobs under policy and reference. Its mean over the policy's tokens is the KL; its slope by p,
/// 1 − exp(q − p), is what GRPO trains on (arXiv:2402.03300, eq. 4; Schulman, "Approximating KL divergence", 2020).
func klK3(policy p: Double, reference q: Double) -> TokenLoss {
    let difference = q - p
    // expm1 keeps the digits where the two policies nearly agree, which is the usual case.
    let excess = expm1(difference)
    return TokenLoss(loss: excess - difference, slope: -excess)
}

extension TrainingSequence {
    /// k3 of target `t` and its penalty β·wₜ·k3, wₜ being the target's KL weight; nil without reference logprobs.
    ///
    /// k3 is there for the record also where nothing is penalised; the penalty is then exactly 0, whatever k3 is.
    func klPenalty(at t: Int, logprob: Double, coefficient: Double) -> (k3: Double, penalty: TokenLoss)? {
        guard let reference else { return nil }
        let k3 = klK3(policy: logprob, reference: Double(reference.values[t]))
        let scale = coefficient * (klWeights.isEmpty ? 1 : Double(klWeights[t]))
        if scale == 0 { return (k3.loss, TokenLoss(loss: 0, slope: 0)) }
        return (k3.loss, TokenLoss(loss: scale * k3.loss, slope: scale * k3.slope))
    }
}
