import Foundation

extension Double {
    /// e to the power of a logprob.
    static func exponential(_ logprob: Float) -> Double { exp(Double(logprob)) }
}
