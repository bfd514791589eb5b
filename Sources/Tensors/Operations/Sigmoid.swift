import Foundation

extension Tape {
    /// 1 / (1 + e^−x), element by element.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, −∞ gives 0 and ∞ gives 1 (with slope 0), NaN gives NaN.
    public func sigmoid(_ x: Tensor) -> Tensor {
        map(x, { 1 / (1 + Foundation.exp(-$0)) }, slope: { _, y in y * (1 - y) })
    }
}
