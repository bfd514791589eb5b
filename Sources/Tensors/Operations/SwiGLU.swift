import CKernels

extension Tape {
    /// silu(gate) · up (arXiv:2002.05202), each row of `x` holding the gates and then the ups.
    ///
    /// `x`: [T, 2F]; returns [T, F].
    public func swiGLU(_ x: Tensor) -> Tensor {
        let T = x.rows, F = x.width / 2
        precondition(x.width % 2 == 0, "swiGLU needs gates and ups, an even width, not \(x.width)")
        let y = make(x.shape.dropLast() + [F], requiresGradient: x.requiresGradient)
        unsafe compute(y) { y in unsafe ck_swiglu(T, F, x.base, y) }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let slot = gradient(of: x)
            unsafe ck_swiglu_backward(T, F, x.base, dy, slot.base, slot.isFresh ? 0 : 1)
            withExtendedLifetime(slot) {}
        }
        return y
    }
}
