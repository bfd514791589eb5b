extension Tape {
    /// A matrix with rows and columns exchanged.
    ///
    /// `x`: [M, N]; returns [N, M].
    ///
    /// Empty gives empty; infinite and NaN pass through.
    public func transpose(_ x: Tensor) -> Tensor {
        let M = x.rows, N = x.width
        precondition(x.shape.count == 2, "only a matrix can be transposed, not \(x.shape)")
        let y = make([N, M], requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for row in 0..<M {
            for column in 0..<N { unsafe output[column * M + row] = input[row * N + column] }
        }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            accumulate(gradient(of: x), M * N) { i in unsafe dy[i % N * M + i / N] }
        }
        return y
    }
}
