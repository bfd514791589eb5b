import CKernels

extension Tape {
    /// Some rows of a matrix.
    ///
    /// `x`: [T, C]; `indices`: [n], each in 0..<T; returns [n, C].
    public func rows(_ indices: [Int], of x: Tensor) -> Tensor {
        let T = x.rows, C = x.width
        precondition(indices.allSatisfy { $0 >= 0 && $0 < T }, "a row is outside 0..<\(T)")
        let y = make([indices.count, C], requiresGradient: x.requiresGradient)
        unsafe Self.gather(indices, of: x.base, width: C, into: y.base)
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let dx = unsafe zeroedGradient(of: x)
            unsafe Self.scatter(dy, width: C, onto: indices, of: dx)
        }
        return y
    }

    /// Copies rows of a matrix: `x` is [T, width], `y` [n, width].
    static func gather(_ indices: [Int], of x: UnsafePointer<Float>, width: Int, into y: UnsafeMutablePointer<Float>) {
        for (i, row) in indices.enumerated() { unsafe (y + i * width).update(from: x + row * width, count: width) }
    }

    /// Adds the gradients of copied rows, [n, width], to those of the rows that they were copied from, [T, width].
    static func scatter(_ dy: UnsafePointer<Float>, width: Int, onto indices: [Int], of dx: UnsafeMutablePointer<Float>) {
        for (i, row) in indices.enumerated() { unsafe ck_add(width, dy + i * width, dx + row * width) }
    }
}
