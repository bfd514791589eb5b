import CKernels

extension Tape {
    /// The rows of a table.
    ///
    /// `table`: [V, C]; `indices`: [T], each in 0..<V; returns [T, C].
    public func embedding(_ indices: [Int32], table: Tensor) -> Tensor {
        let V = table.rows, C = table.width
        precondition(table.shape.count == 2, "an embedding table is a matrix, not \(table.shape)")
        precondition(indices.allSatisfy { $0 >= 0 && $0 < V }, "an index is outside 0..<\(V)")
        let y = make([indices.count, C], requiresGradient: table.requiresGradient)
        for (row, index) in indices.enumerated() {
            unsafe (y.base + row * C).update(from: table.base + Int(index) * C, count: C)
        }
        unsafe record(y) { [self] dy in
            guard wantsGradient(table) else { return }
            let dTable = unsafe zeroedGradient(of: table)
            for (row, index) in indices.enumerated() {
                unsafe ck_add(C, dy + row * C, dTable + Int(index) * C)
            }
        }
        return y
    }
}
