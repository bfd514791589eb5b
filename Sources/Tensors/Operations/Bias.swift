import CKernels

extension Tape {
    /// Adds a bias to each row of a product, in the product's own memory, which is handed over: `x` must not be used again.
    ///
    /// `x`: [T, N], of an operation whose backward pass does not look at its output, such as `linear`; `bias`: [N]; returns [T, N].
    ///
    /// Rows are added in order for the bias' gradient. `addRow` is the same for any tensor, with memory of its own.
    package func addBias(_ x: Tensor, _ bias: Tensor) -> Tensor {
        let T = x.rows, N = x.width
        precondition(bias.shape == [N], "a bias for \(x.shape) has shape [\(N)], not \(bias.shape)")
        precondition(x.parameterOffset == nil, "a bias would be added to a parameter in place")
        for row in 0..<T { unsafe ck_add(N, bias.base, x.base + row * N) }
        let y = Tensor(
            shape: x.shape, storage: x.storage, offset: x.offset,
            requiresGradient: isRecording && (x.requiresGradient || bias.requiresGradient))
        unsafe record(y) { [self] dy in
            if wantsGradient(bias) {
                let dBias = unsafe zeroedGradient(of: bias)
                for row in 0..<T { unsafe ck_add(N, dy + row * N, dBias) }
            }
            if wantsGradient(x) {
                // The memory of the gradient is handed back as that of the values was handed over.
                if x.gradient == nil { x.gradient = y.gradient } else { unsafe add(dy, count: T * N, to: gradient(of: x)) }
            }
        }
        return y
    }
}
