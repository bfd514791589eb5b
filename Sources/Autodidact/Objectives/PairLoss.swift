import Foundation

/// What a pair of responses to one problem loses, as a function of how much more the policy has raised the one than the other.
///
/// Δ = (log π(y) − log π_ref(y)) − (log π(y′) − log π_ref(y′)), in nats, sums over whole sequences; y is the one of higher reward.
public enum PairLoss: Sendable, Hashable, Codable {
    /// −(1 − s)·log σ(βΔ) − s·log σ(−βΔ): DPO (arXiv:2305.18290, eq. 7), with the label wrong by chance s (conservative DPO).
    case sigmoid(labelSmoothing: Double)
    /// (Δ − 1/(2β))²: IPO (arXiv:2310.12036, eq. 17), which stops where preferences are satisfied.
    case squaredLogRatio
    /// (βΔ − (r − r′))²: regression of the implicit reward's difference onto the rewards'.
    ///
    /// Its minimum over pairs is the optimum of reward − β·KL (REBEL, arXiv:2404.16767; CoPG, arXiv:2406.19185, up to the factor 1/2β).
    case rewardRegression

    /// Whether only the order of the rewards counts, so that a pair of equal rewards says nothing.
    var readsOrderOnly: Bool { self != .rewardRegression }

    /// Loss and dLoss/dΔ at `margin` Δ; `rewardGap` is r − r′.
    func evaluate(margin: Double, rewardGap: Double, beta: Double) -> TokenLoss {
        switch self {
        case .sigmoid(let smoothing):
            let scaled = beta * margin
            let loss = (1 - smoothing) * Self.softplus(-scaled) + smoothing * Self.softplus(scaled)
            return TokenLoss(loss: loss, slope: beta * (1 / (1 + exp(-scaled)) - (1 - smoothing)))
        case .squaredLogRatio:
            let excess = margin - 1 / (2 * beta)
            return TokenLoss(loss: excess * excess, slope: 2 * excess)
        case .rewardRegression:
            let residual = beta * margin - rewardGap
            return TokenLoss(loss: residual * residual, slope: 2 * beta * residual)
        }
    }

    /// log(1 + eˣ), without overflow.
    private static func softplus(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }
}
