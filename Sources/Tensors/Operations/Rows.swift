import CKernels

extension Tape {
    /// Some rows of a matrix.
    ///
    /// `x`: [T, C]; `indices`: [n], each in 0..<T; returns [n, C].
    public func rows(_ indices: [Int], of x: Tensor) -> Tensor {
        let T = x.rows, C = x.width
        precondition(indices.allSatisfy { $0 >= 0 && $0 < T }, "a row is outside 0..<\(T)")
        let y = make([indices.count, C], requiresGradient: x.requiresGradient)
        for (i, row) in indices.enumerated() { unsafe (y.base + i * C).update(from: x.base + row * C, count: C) }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let dx = unsafe zeroedGradient(of: x)
            for (i, row) in indices.enumerated() { unsafe ck_add(C, dy + i * C, dx + row * C) }
        }
        return y
    }
}
