import CKernels

extension Tape {
    /// x · Wᵀ, plus `residual` where given.
    ///
    /// `x`: [T, K]; `weight`: [N, K]; returns [T, N].
    public func linear(_ x: Tensor, _ weight: Tensor, addedTo residual: Tensor? = nil) -> Tensor {
        let T = x.rows, K = x.width, N = weight.rows
        precondition(weight.shape.count == 2 && weight.width == K, "linear of \(x.shape) needs [N, \(K)], not \(weight.shape)")
        precondition(residual.map { $0.count == T * N } ?? true, "residual \(residual?.shape ?? []) is not [\(T), \(N)]")
        let y = make(
            x.shape.dropLast() + [N], requiresGradient: x.requiresGradient || weight.requiresGradient || residual?.requiresGradient == true)
        unsafe multiply(
            M: T, N: N, K: K, x.base, stride: K, transposedLeft: false, weight, .transposed, into: y.base, addend: residual?.base)
        unsafe record(y) { [self] dy in
            if wantsGradient(x) {
                let slot = gradient(of: x)
                unsafe multiply(
                    M: T, N: K, K: N, dy, stride: N, transposedLeft: false, weight, .plain, into: slot.base, addend: slot.addend)
            }
            if wantsGradient(weight) {
                // dW = dyᵀ · x
                let slot = gradient(of: weight)
                unsafe multiply(M: N, N: K, K: T, dy, stride: N, x.base, stride: K, into: slot.base, addend: slot.addend)
            }
            if let residual { passGradient(of: y, to: residual) }
        }
        return y
    }

    /// x · y.
    ///
    /// `x`: [M, K]; `y`: [K, N]; returns [M, N].
    public func matmul(_ x: Tensor, _ y: Tensor) -> Tensor {
        let M = x.rows, K = x.width, N = y.width
        precondition(x.shape.count == 2 && y.shape.count == 2 && y.rows == K, "matmul of \(x.shape) and \(y.shape)")
        let z = make([M, N], requiresGradient: x.requiresGradient || y.requiresGradient)
        unsafe multiply(M: M, N: N, K: K, x.base, stride: K, transposedLeft: false, y, .plain, into: z.base, addend: nil)
        unsafe record(z) { [self] dz in
            if wantsGradient(x) {
                // dx = dz · yᵀ
                let slot = gradient(of: x)
                unsafe multiply(
                    M: M, N: K, K: N, dz, stride: N, transposedLeft: false, y, .transposed, into: slot.base, addend: slot.addend)
            }
            if wantsGradient(y) {
                // dy = xᵀ · dz
                let slot = gradient(of: y)
                unsafe multiply(M: K, N: N, K: M, x.base, stride: K, dz, stride: N, into: slot.base, addend: slot.addend)
            }
        }
        return z
    }

    /// C = A · B (+ addend) with B taken from a matrix tensor, packed once for each version where it is a parameter.
    func multiply(
        M: Int, N: Int, K: Int, _ a: UnsafePointer<Float>, stride: Int, transposedLeft: Bool, _ matrix: Tensor, _ side: PackedMatrix.Side,
        into c: UnsafeMutablePointer<Float>, addend: UnsafePointer<Float>?
    ) {
        if let packing = matrix.packing, MatrixProduct.usesKernels {
            let packed = packing.packed(side)
            unsafe ck_gemm(M, N, K, a, stride, transposedLeft ? 1 : 0, packed.base, c, N, addend)
            withExtendedLifetime(packed) {}
        } else {
            unsafe MatrixProduct.compute(
                M: M, N: N, K: K, a, stride: stride, transposed: transposedLeft, matrix.base, stride: matrix.width,
                transposed: side == .transposed, into: c, addend: addend, pool: pool)
        }
    }

    /// C = Aᵀ · B (+ addend): the shape of every weight gradient.
    func multiply(
        M: Int, N: Int, K: Int, _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
        into c: UnsafeMutablePointer<Float>, addend: UnsafePointer<Float>?
    ) {
        unsafe MatrixProduct.compute(
            M: M, N: N, K: K, a, stride: aStride, transposed: true, b, stride: bStride, transposed: false, into: c, addend: addend,
            pool: pool)
    }

    /// Adds dLoss/doutput to dLoss/dtensor, as the last thing that is done with it: the memory itself is handed on where it can be.
    func passGradient(of output: Tensor, to tensor: Tensor) {
        guard wantsGradient(tensor), let gradient = output.gradient else { return }
        if tensor.parameterOffset == nil && tensor.gradient == nil {
            tensor.gradient = gradient
        } else {
            unsafe add(gradient.base, count: tensor.count, to: self.gradient(of: tensor))
        }
    }

    /// Adds `count` floats to a gradient slot.
    func add(_ x: UnsafePointer<Float>, count: Int, to slot: GradientSlot) {
        if slot.isFresh { unsafe slot.base.update(from: x, count: count) } else { unsafe ck_add(count, x, slot.base) }
    }
}
