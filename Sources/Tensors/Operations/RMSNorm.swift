import CKernels

extension Tape {
    /// Root-mean-square norm of each row, times a gain (arXiv:1910.07467).
    ///
    /// `x`: [T, C]; `gain`: [C]; returns [T, C].
    public func rmsNorm(_ x: Tensor, gain: Tensor, epsilon: Float) -> Tensor {
        let T = x.rows, C = x.width
        precondition(gain.count == C, "rmsNorm of \(x.shape) needs a gain of [\(C)], not \(gain.shape)")
        let y = make(x.shape, requiresGradient: x.requiresGradient || gain.requiresGradient)
        let inverseRMS = pool.storage(T)
        unsafe compute(y) { y in unsafe ck_rmsnorm(T, C, x.base, gain.base, epsilon, y, inverseRMS.base) }
        unsafe record(y) { [self] dy in
            let spare = pool.zeros(C)
            let dx = wantsGradient(x) ? nil : pool.storage(T * C)
            unsafe ck_rmsnorm_backward(
                T, C, x.base, gain.base, inverseRMS.base, dy, dx?.base ?? zeroedGradient(of: x),
                wantsGradient(gain) ? zeroedGradient(of: gain) : spare.base)
            withExtendedLifetime((spare, dx)) {}
        }
        withExtendedLifetime(inverseRMS) {}
        return y
    }
}
