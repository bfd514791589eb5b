extension Tape {
    /// The mean of all elements, summed in Double and in order.
    ///
    /// Returns a scalar, shape [].
    ///
    /// The mean of nothing is NaN; infinite and NaN follow IEEE 754.
    public func mean(_ x: Tensor) -> Tensor {
        reduce(x, rows: 1, width: x.count, shape: [], factor: 1 / Double(x.count))
    }

    /// The mean of each row, summed in Double and in order.
    ///
    /// `x`: […, C]; returns […].
    ///
    /// The mean of an empty row is NaN; infinite and NaN follow IEEE 754.
    public func meanOverLast(_ x: Tensor) -> Tensor {
        reduce(x, rows: x.rows, width: x.width, shape: x.shape.dropLast(), factor: 1 / Double(x.width))
    }
}
