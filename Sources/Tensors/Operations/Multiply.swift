extension Tape {
    /// x · y, element by element.
    ///
    /// Both of one shape, which is returned.
    ///
    /// Empty gives empty; infinite and NaN follow IEEE 754 (0 · ∞ is NaN).
    public func multiply(_ x: Tensor, _ y: Tensor) -> Tensor {
        combine(x, y, { $0 * $1 }, xSlope: { $1 }, ySlope: { x, _ in x })
    }
}
