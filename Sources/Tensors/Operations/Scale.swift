extension Tape {
    /// x · factor, element by element; the factor is a constant.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty; infinite and NaN follow IEEE 754.
    public func scale(_ x: Tensor, by factor: Float) -> Tensor {
        map(x, { $0 * factor }, slope: { _, _ in factor })
    }

    /// −x, element by element.
    ///
    /// Returns the shape of `x`; NaN stays NaN.
    public func negate(_ x: Tensor) -> Tensor {
        map(x, { -$0 }, slope: { _, _ in -1 })
    }
}
