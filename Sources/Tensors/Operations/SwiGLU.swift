import CKernels

extension Tape {
    /// silu(gate) · up (arXiv:2002.05202), each row of `x` holding the gates and then the ups.
    ///
    /// `x`: [T, 2F]; returns [T, F].
    public func swiGLU(_ x: Tensor) -> Tensor {
        let T = x.rows, F = x.width / 2
        precondition(x.width % 2 == 0, "swiGLU needs gates and ups, an even width, not \(x.width)")
        let y = make(x.shape.dropLast() + [F], requiresGradient: x.requiresGradient)
        unsafe ck_swiglu(T, F, x.base, y.base)
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            unsafe ck_swiglu_backward(T, F, x.base, dy, zeroedGradient(of: x))
        }
        return y
    }
}
