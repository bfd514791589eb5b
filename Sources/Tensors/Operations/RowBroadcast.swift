extension Tape {
    /// Adds a vector to each row: a bias.
    ///
    /// `x`: […, C]; `row`: [C]; returns the shape of `x`.
    ///
    /// No rows give none (and a zero gradient of `row`); infinite and NaN follow IEEE 754.
    public func addRow(_ x: Tensor, _ row: Tensor) -> Tensor {
        broadcast(x, row, { $0 + $1 }, xSlope: { _, _ in 1 }, rowSlope: { _, _ in 1 })
    }

    /// Multiplies each row by a vector, element by element: a gain.
    ///
    /// `x`: […, C]; `row`: [C]; returns the shape of `x`.
    ///
    /// No rows give none (and a zero gradient of `row`); infinite and NaN follow IEEE 754.
    public func multiplyRow(_ x: Tensor, _ row: Tensor) -> Tensor {
        broadcast(x, row, { $0 * $1 }, xSlope: { $1 }, rowSlope: { x, _ in x })
    }

    /// y[t, c] = value(x[t, c], row[c]).
    ///
    /// The row's gradient is summed over t in Double, in order.
    private func broadcast(
        _ x: Tensor, _ row: Tensor, _ value: (_ x: Float, _ row: Float) -> Float,
        xSlope: @escaping (_ x: Float, _ row: Float) -> Float, rowSlope: @escaping (_ x: Float, _ row: Float) -> Float
    ) -> Tensor {
        let T = x.rows, C = x.width
        precondition(row.shape == [C], "a row for \(x.shape) has shape [\(C)], not \(row.shape)")
        let y = make(x.shape, requiresGradient: x.requiresGradient || row.requiresGradient)
        let input = unsafe x.base, vector = unsafe row.base, output = unsafe y.base
        for t in 0..<T {
            for c in 0..<C { unsafe output[t * C + c] = value(input[t * C + c], vector[c]) }
        }
        unsafe record(y) { [self] dy in
            let input = unsafe x.base, vector = unsafe row.base
            if wantsGradient(x) {
                accumulate(gradient(of: x), T * C) { i in unsafe dy[i] * xSlope(input[i], vector[i % C]) }
            }
            if wantsGradient(row) {
                accumulate(gradient(of: row), C) { c in
                    var sum = 0.0
                    for t in 0..<T {
                        let i = t * C + c
                        unsafe sum += Double(dy[i]) * Double(rowSlope(input[i], vector[c]))
                    }
                    return Float(sum)
                }
            }
            withExtendedLifetime((x, row)) {}
        }
        return y
    }
}
