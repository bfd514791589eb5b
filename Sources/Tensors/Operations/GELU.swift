import Foundation

extension Tape {
    /// x · Φ(x) with the normal distribution's Φ, exactly and not by the tanh formula (arXiv:1606.08415).
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, ∞ gives ∞, NaN gives NaN; −∞ gives NaN, since it is ∞ · 0.
    public func gelu(_ x: Tensor) -> Tensor {
        func cumulative(_ x: Float) -> Float { 0.5 * Foundation.erfc(-x * Float(0.5).squareRoot()) }
        // 1/√(2π)
        let height: Float = 0.398_942_28
        return map(x, { $0 * cumulative($0) }, slope: { x, _ in cumulative(x) + x * height * Foundation.exp(-0.5 * x * x) })
    }
}
