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
