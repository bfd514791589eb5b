extension Tape {
    /// The natural logarithm, element by element.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, 0 gives −∞ (with slope ∞), a negative number or NaN gives NaN.
    public func log(_ x: Tensor) -> Tensor {
        map(x, { Float.logarithm($0) }, slope: { x, _ in 1 / x })
    }
}
