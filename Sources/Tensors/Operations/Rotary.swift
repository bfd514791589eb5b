import CKernels

extension Tape {
    /// RMS norm of each head with a shared gain, then rotation by its row's position: Qwen3's queries and keys.
    ///
    /// `x`: columns of [T, …] that hold whole heads; `gain`: [D]; `positions`: [T]; returns [T, heads · D].
    public func normRotate(_ x: Columns, gain: Tensor, epsilon: Float, positions: [Int32], table: RotaryTable) -> Tensor {
        let T = x.tensor.rows, D = table.headWidth, heads = x.width / D
        precondition(x.width % D == 0 && gain.count == D, "normRotate of \(x.width) columns with heads of \(D) and gain \(gain.shape)")
        precondition(positions.count == T, "\(positions.count) positions for \(T) rows")
        let angles = table.rows(for: positions)
        let y = make([T, x.width], requiresGradient: x.tensor.requiresGradient || gain.requiresGradient)
        let inverseRMS = pool.storage(T * heads)
        unsafe compute(y) { y in
            unsafe ck_norm_rotate(
                T, heads, D, x.base, x.stride, gain.base, epsilon, positions, angles.cosines.base, angles.sines.base, y, x.width,
                inverseRMS.base)
        }
        unsafe record(y) { [self] dy in
            let spare = pool.zeros(D)
            let unwanted = wantsGradient(x.tensor) ? nil : pool.storage(x.tensor.count)
            let dx = unsafe (unwanted?.base ?? zeroedGradient(of: x.tensor)) + x.start
            unsafe ck_norm_rotate_backward(
                T, heads, D, x.base, x.stride, gain.base, positions, angles.cosines.base, angles.sines.base, inverseRMS.base, dy, x.width,
                dx, x.stride, wantsGradient(gain) ? zeroedGradient(of: gain) : spare.base)
            withExtendedLifetime((spare, unwanted)) {}
        }
        withExtendedLifetime((inverseRMS, angles)) {}
        return y
    }

    /// Rotation of each head by its row's position, without a norm: queries and keys of Qwen2, Llama and Mistral.
    ///
    /// `x`: columns of [T, …] that hold whole heads; `positions`: [T]; returns [T, heads · D].
    public func rotate(_ x: Columns, positions: [Int32], table: RotaryTable) -> Tensor {
        let T = x.tensor.rows, D = table.headWidth, half = D / 2
        precondition(x.width % D == 0, "rotate of \(x.width) columns with heads of \(D)")
        precondition(positions.count == T, "\(positions.count) positions for \(T) rows")
        let angles = table.rows(for: positions)
        let y = make([T, x.width], requiresGradient: x.tensor.requiresGradient)
        unsafe compute(y) { y in
            for row in 0..<T {
                let c = unsafe angles.cosines.base + Int(positions[row]) * half, s = unsafe angles.sines.base + Int(positions[row]) * half
                for head in stride(from: 0, to: x.width, by: D) {
                    let a = unsafe x.base + row * x.stride + head, b = unsafe a + half
                    let low = unsafe y + row * x.width + head, high = unsafe low + half
                    for i in 0..<half {
                        unsafe low[i] = a[i] * c[i] - b[i] * s[i]
                        unsafe high[i] = b[i] * c[i] + a[i] * s[i]
                    }
                }
            }
        }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x.tensor) else { return }
            // Turned back: the transpose of a rotation.
            let dx = unsafe zeroedGradient(of: x.tensor) + x.start
            for row in 0..<T {
                let c = unsafe angles.cosines.base + Int(positions[row]) * half, s = unsafe angles.sines.base + Int(positions[row]) * half
                for head in stride(from: 0, to: x.width, by: D) {
                    let low = unsafe dy + row * x.width + head, high = unsafe low + half
                    let a = unsafe dx + row * x.stride + head, b = unsafe a + half
                    for i in 0..<half {
                        unsafe a[i] += low[i] * c[i] + high[i] * s[i]
                        unsafe b[i] += high[i] * c[i] - low[i] * s[i]
                    }
                }
            }
        }
        withExtendedLifetime((x, angles)) {}
        return y
    }
}
