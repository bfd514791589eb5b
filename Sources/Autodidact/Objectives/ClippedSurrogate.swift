import Foundation

/// The clipped surrogate of one token, with a bound of its own on either side.
///
/// PPO, arXiv:1707.06347, eq. 7; two bounds: DAPO's clip-higher, arXiv:2503.14476, eq. 10. Logprobs in nats; bounds ≥ 0, unitless. A
/// NaN or infinite ratio is carried into loss and slope, except at advantage 0, where both are 0.
struct ClippedSurrogate {
    /// The ratio may fall to 1 − `low` before a negative advantage stops counting.
    let low: Double
    /// The ratio may rise to 1 + `high` before a positive advantage stops counting.
    let high: Double

    /// Loss and slope, the ratio π/π_behavior, and whether a bound took the slope away.
    func evaluate(
        _ logprob: Double, behavior: Double, advantage: Double
    ) -> (token: TokenLoss, ratio: Double, clippedLow: Bool, clippedHigh: Bool) {
        let ratio = exp(logprob - behavior)
        let clippedLow = advantage < 0 && ratio < 1 - low
        let clippedHigh = advantage > 0 && ratio > 1 + high
        let token: TokenLoss =
            if advantage == 0 {
                TokenLoss(loss: 0, slope: 0)
            } else if clippedLow {
                TokenLoss(loss: -(1 - low) * advantage, slope: 0)
            } else if clippedHigh {
                TokenLoss(loss: -(1 + high) * advantage, slope: 0)
            } else {
                TokenLoss(loss: -ratio * advantage, slope: -ratio * advantage)
            }
        return (token, ratio, clippedLow, clippedHigh)
    }
}
