extension Tape {
    /// x − y, element by element.
    ///
    /// Both of one shape, which is returned.
    ///
    /// Empty gives empty; infinite and NaN follow IEEE 754 (∞ − ∞ is NaN).
    public func subtract(_ x: Tensor, _ y: Tensor) -> Tensor {
        combine(x, y, { $0 - $1 }, xSlope: { _, _ in 1 }, ySlope: { _, _ in -1 })
    }
}
