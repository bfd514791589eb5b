extension Tape {
    /// The sum of all elements, in Double and in order.
    ///
    /// Returns a scalar, shape [].
    ///
    /// The sum of nothing is 0; infinite and NaN follow IEEE 754.
    public func sum(_ x: Tensor) -> Tensor {
        reduce(x, rows: 1, width: x.count, shape: [], factor: 1)
    }

    /// The sum of each row, in Double and in order.
    ///
    /// `x`: […, C]; returns […].
    ///
    /// The sum of an empty row is 0; infinite and NaN follow IEEE 754.
    public func sumOverLast(_ x: Tensor) -> Tensor {
        reduce(x, rows: x.rows, width: x.width, shape: x.shape.dropLast(), factor: 1)
    }

    /// Each of `rows` rows summed and then multiplied by `factor`; shared with the means.
    func reduce(_ x: Tensor, rows: Int, width: Int, shape: [Int], factor: Double) -> Tensor {
        let y = make(shape, requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for row in 0..<rows {
            var sum = 0.0
            for i in row * width..<(row + 1) * width { unsafe sum += Double(input[i]) }
            unsafe output[row] = Float(sum * factor)
        }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            accumulate(gradient(of: x), x.count) { i in unsafe dy[i / width] * Float(factor) }
        }
        return y
    }
}
