extension Tape {
    /// One element of each row.
    ///
    /// `x`: […, C]; `columns`: one for each row, each in 0..<C; returns […].
    ///
    /// No rows give none; infinite and NaN pass through.
    public func gather(_ x: Tensor, columns: [Int32]) -> Tensor {
        let T = x.rows, C = x.width
        precondition(columns.count == T, "\(columns.count) columns for the \(T) rows of \(x.shape)")
        precondition(columns.allSatisfy { $0 >= 0 && $0 < C }, "a column is outside 0..<\(C)")
        let y = make(x.shape.dropLast(), requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for (row, column) in columns.enumerated() { unsafe output[row] = input[row * C + Int(column)] }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let dx = unsafe zeroedGradient(of: x)
            for (row, column) in columns.enumerated() { unsafe dx[row * C + Int(column)] += dy[row] }
        }
        return y
    }
}
