import CKernels

extension Tape {
    /// e^x / Σ e^x over each row.
    ///
    /// `x`: […, C]; returns the shape of `x`.
    ///
    /// Empty gives empty. −∞ has probability 0; a row that holds NaN, ∞ or nothing but −∞ becomes NaN.
    public func softmax(_ x: Tensor) -> Tensor {
        let T = x.rows, C = x.width
        let y = make(x.shape, requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for row in 0..<T { _ = unsafe ck_softmax(input + row * C, C, 1, output + row * C) }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            // dx = y · (dy − Σ dy · y)
            let slot = gradient(of: x)
            let output = unsafe y.base, target = unsafe slot.base
            for start in stride(from: 0, to: T * C, by: max(C, 1)) {
                var mean = 0.0
                for i in start..<start + C { unsafe mean += Double(dy[i]) * Double(output[i]) }
                for i in start..<start + C {
                    let contribution = unsafe output[i] * (dy[i] - Float(mean))
                    unsafe target[i] = slot.isFresh ? contribution : target[i] + contribution
                }
            }
            withExtendedLifetime((y, slot)) {}
        }
        return y
    }
}
