import CKernels

extension Tape {
    /// Matrices on top of each other.
    ///
    /// `parts`: at least one, each [T_i, C]; returns [ΣT_i, C].
    ///
    /// A part without rows adds none; infinite and NaN pass through. The same tensor may appear more than once.
    public func concatRows(_ parts: [Tensor]) -> Tensor {
        let C = parts.first?.width ?? 0
        precondition(!parts.isEmpty, "nothing to lay on top of each other")
        precondition(parts.allSatisfy { $0.shape.count == 2 && $0.width == C }, "concatRows of shapes \(parts.map(\.shape))")
        let y = make([parts.reduce(0) { $0 + $1.rows }, C], requiresGradient: parts.contains(where: \.requiresGradient))
        var start = 0
        for part in parts {
            unsafe (y.base + start).update(from: part.base, count: part.count)
            start += part.count
        }
        unsafe record(y) { [self] dy in
            var start = 0
            for part in parts {
                if wantsGradient(part) { unsafe add(dy + start, count: part.count, to: gradient(of: part)) }
                start += part.count
            }
        }
        return y
    }

    /// Matrices beside each other.
    ///
    /// `parts`: at least one, each [T, C_i]; returns [T, ΣC_i].
    ///
    /// A part without columns adds none; infinite and NaN pass through. The same tensor may appear more than once.
    public func concatColumns(_ parts: [Tensor]) -> Tensor {
        let T = parts.first?.rows ?? 0, width = parts.reduce(0) { $0 + $1.width }
        precondition(!parts.isEmpty, "nothing to lay beside each other")
        precondition(parts.allSatisfy { $0.shape.count == 2 && $0.rows == T }, "concatColumns of shapes \(parts.map(\.shape))")
        let y = make([T, width], requiresGradient: parts.contains(where: \.requiresGradient))
        var start = 0
        for part in parts {
            let C = part.width
            for row in 0..<T { unsafe (y.base + row * width + start).update(from: part.base + row * C, count: C) }
            start += C
        }
        unsafe record(y) { [self] dy in
            var start = 0
            for part in parts {
                let C = part.width
                if wantsGradient(part) {
                    let dPart = unsafe zeroedGradient(of: part)
                    for row in 0..<T { unsafe ck_add(C, dy + row * width + start, dPart + row * C) }
                }
                start += C
            }
        }
        return y
    }
}
