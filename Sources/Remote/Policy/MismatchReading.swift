import Foundation

/// How far a sampler's logprobs are from those of the trainer, over the same sampled tokens.
///
/// δ = trainer − sampler, nats. k3 = exp(δ) − δ − 1 ≥ 0 is an estimate of KL(sampler ‖ trainer) over tokens that the sampler drew
/// (Schulman, "Approximating KL divergence", 2020). It is taken before anything is truncated.
public struct MismatchReading: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Tokens compared.
    public let tokens: Int
    /// Mean |δ|.
    public let meanAbsolute: Double
    /// Largest |δ|.
    public let maximum: Double
    /// Mean k3.
    public let k3: Double

    /// A reading of no tokens.
    public static let none = MismatchReading(sampler: [], trainer: [])

    /// The reading of pairs of logprobs; those that are not finite make it infinite.
    public init(sampler: [Float], trainer: [Float]) {
        precondition(sampler.count == trainer.count, "\(sampler.count) and \(trainer.count) logprobs of the same tokens")
        var (sum, most, divergence) = (0.0, 0.0, 0.0)
        for (sampled, trained) in zip(sampler, trainer) {
            let difference = Double(trained) - Double(sampled)
            let size = difference.isFinite ? abs(difference) : .infinity
            sum += size
            most = max(most, size)
            divergence += size.isFinite ? expm1(difference) - difference : .infinity
        }
        tokens = sampler.count
        let count = Double(max(tokens, 1))
        (meanAbsolute, maximum, k3) = (sum / count, most, divergence / count)
    }

    private init(tokens: Int, meanAbsolute: Double, maximum: Double, k3: Double) {
        (self.tokens, self.meanAbsolute, self.maximum, self.k3) = (tokens, meanAbsolute, maximum, k3)
    }

    /// The reading of both readings' tokens together.
    public func merged(with other: MismatchReading) -> MismatchReading {
        let total = tokens + other.tokens
        guard total > 0 else { return self }
        let share = Double(tokens) / Double(total)
        func mean(_ path: KeyPath<MismatchReading, Double>) -> Double {
            if tokens == 0 { return other[keyPath: path] }
            return other.tokens == 0 ? self[keyPath: path] : share * self[keyPath: path] + (1 - share) * other[keyPath: path]
        }
        return MismatchReading(
            tokens: total, meanAbsolute: mean(\.meanAbsolute), maximum: max(maximum, other.maximum), k3: mean(\.k3))
    }

    /// For people.
    public var description: String {
        "mean |Δ| \(meanAbsolute.inWords), largest \(maximum.inWords), k3 \(k3.inWords) nats over \(tokens) tokens"
    }
}
