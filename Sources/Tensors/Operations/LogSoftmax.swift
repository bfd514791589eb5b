import CKernels

extension Tape {
    /// x − log Σ e^x over each row, nats.
    ///
    /// `x`: […, C]; returns the shape of `x`.
    ///
    /// Empty gives empty. −∞ stays −∞; a row that holds NaN, ∞ or nothing but −∞ becomes NaN.
    public func logSoftmax(_ x: Tensor) -> Tensor {
        let T = x.rows, C = x.width
        let y = make(x.shape, requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for start in stride(from: 0, to: T * C, by: max(C, 1)) {
            let total = unsafe ck_logsumexp(input + start, C, 1)
            for i in start..<start + C { unsafe output[i] = input[i] - total }
        }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            // dx = dy − softmax(x) · Σ dy
            let probabilities = pool.storage(T * C)
            unsafe ck_exp(T * C, y.base, probabilities.base)
            let slot = gradient(of: x)
            let probability = unsafe probabilities.base, target = unsafe slot.base
            for start in stride(from: 0, to: T * C, by: max(C, 1)) {
                var sum = 0.0
                for i in start..<start + C { unsafe sum += Double(dy[i]) }
                for i in start..<start + C {
                    let contribution = unsafe dy[i] - probability[i] * Float(sum)
                    unsafe target[i] = slot.isFresh ? contribution : target[i] + contribution
                }
            }
            withExtendedLifetime((probabilities, slot)) {}
        }
        return y
    }
}
