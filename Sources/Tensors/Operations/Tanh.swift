import Foundation

extension Tape {
    /// The hyperbolic tangent, element by element.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, ±∞ gives ±1 (with slope 0), NaN gives NaN.
    public func tanh(_ x: Tensor) -> Tensor {
        map(x, { Foundation.tanh($0) }, slope: { _, y in 1 - y * y })
    }
}
