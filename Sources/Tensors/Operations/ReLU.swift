extension Tape {
    /// The larger of x and 0, element by element; the slope at 0 is 0.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, −∞ gives 0, NaN gives NaN.
    public func relu(_ x: Tensor) -> Tensor {
        // Written so that NaN fails the comparison and passes through.
        map(x, { $0 <= 0 ? 0 : $0 }, slope: { x, _ in x <= 0 ? 0 : 1 })
    }
}
