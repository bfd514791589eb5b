import CKernels

extension Tape {
    /// e to the power x, element by element.
    ///
    /// Returns the shape of `x`.
    ///
    /// Empty gives empty, NaN gives NaN; below −87.3 (and for −∞) the result is 0, above 88.37 it stays at 2.4·10³⁸.
    public func exp(_ x: Tensor) -> Tensor {
        let count = x.count
        let y = make(x.shape, requiresGradient: x.requiresGradient)
        unsafe ck_exp(count, x.base, y.base)
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let output = unsafe y.base
            accumulate(gradient(of: x), count) { i in unsafe dy[i] * output[i] }
            withExtendedLifetime(y) {}
        }
        return y
    }
}
