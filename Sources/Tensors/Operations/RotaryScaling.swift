import Foundation

/// How a model stretches its rotary frequencies, to take sequences longer than those it was first trained on.
public enum RotaryScaling: Sendable, Hashable {
    /// Not at all.
    case none
    /// Every frequency is divided by `factor` (arXiv:2306.15595).
    case linear(factor: Double)
    /// Llama 3.1 (arXiv:2407.21783): of a wave that turns more than `highFrequencyFactor` times within `originalPositions` the frequency
    /// stays, of one that turns less than `lowFrequencyFactor` times it is divided by `factor`, and in between it goes linearly, in turns,
    /// from one to the other.
    case llama3(factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalPositions: Int)

    /// Radians for each position of each pair of a head: θ^(−2i/D), scaled, in double precision.
    public func frequencies(theta: Double, headWidth: Int) -> [Double] {
        let plain = (0..<headWidth / 2).map { pow(theta, -2 * Double($0) / Double(headWidth)) }
        switch self {
        case .none: return plain
        case .linear(let factor): return plain.map { $0 / factor }
        case .llama3(let factor, let low, let high, let originalPositions):
            return plain.map { frequency in
                let turns = Double(originalPositions) * frequency / (2 * .pi)
                // The share that keeps its frequency; where both limits are one, the step between them.
                let kept = high > low ? min(max((turns - low) / (high - low), 0), 1) : (turns > low ? 1 : 0)
                return frequency * (kept + (1 - kept) / factor)
            }
        }
    }
}
