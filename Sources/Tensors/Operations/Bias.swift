import CKernels

extension Tape {
    /// Adds a bias to each row of a product, in place; `addRow` is the same with memory of its own.
    ///
    /// `y`: [T, N], made by an operation of this tape whose backward pass does not look at its result, such as `linear`, and not read
    /// yet; `bias`: [N]; returns `y`.
    ///
    /// The bias' gradient is the sum of the rows, in order.
    package func adding(bias: Tensor, to y: Tensor) -> Tensor {
        let T = y.rows, N = y.width
        precondition(bias.shape == [N], "a bias for \(y.shape) has shape [\(N)], not \(bias.shape)")
        precondition(y.parameterOffset == nil, "a bias would be added to a parameter in place")
        precondition(y.requiresGradient || !wantsGradient(bias), "a bias learns beside a result that has no gradient")
        for row in 0..<T { unsafe ck_add(N, bias.base, y.base + row * N) }
        unsafe recordAddition(to: y) { [self] dy in
            guard wantsGradient(bias) else { return }
            let dBias = unsafe zeroedGradient(of: bias)
            for row in 0..<T { unsafe ck_add(N, dy + row * N, dBias) }
        }
        return y
    }
}
