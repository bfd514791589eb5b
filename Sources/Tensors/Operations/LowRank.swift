import CKernels

/// Low-rank factors beside one matrix W [N, K]: parts of its rows get W + s·B·A (LoRA, arXiv:2106.09685, section 4.1).
///
/// The first factors of all parts lie on top of each other, so that queries, keys and values need one product with x.
public struct LowRankTerm: Sendable {
    /// The second factor of some rows of W.
    public struct Part: Sendable {
        /// B: [rows of W, r].
        public let factor: Tensor
        /// Which rows of W, which are columns of W's outputs.
        public let columns: Range<Int>

        /// The factor of these columns.
        public init(_ factor: Tensor, columns: Range<Int>) {
            precondition(factor.shape.count == 2 && factor.rows == columns.count, "a factor of \(factor.shape) for columns \(columns)")
            self.factor = factor
            self.columns = columns
        }
    }

    /// A: [parts · r, K], in the order of the parts.
    public let first: Tensor
    /// In any order, none overlapping.
    public let parts: [Part]
    /// s.
    public let scale: Float
    let rank: Int

    /// Factors of one rank.
    public init(first: Tensor, parts: [Part], scale: Float) {
        rank = parts.first?.factor.width ?? 0
        precondition(
            rank > 0 && parts.allSatisfy { [rank] in $0.factor.width == rank } && first.shape.count == 2
                && first.rows == parts.count * rank,
            "a first factor of \(first.shape) for parts of \(parts.map(\.factor.shape))")
        self.first = first
        self.parts = parts
        self.scale = scale
    }
}

extension Tape {
    /// Adds s · (x · Aᵀ) · Bᵀ to the columns of each part, in place.
    ///
    /// `x`: [T, K]; `y`: [T, N], made by an operation of this tape and not read yet; returns `y`.
    public func adding(_ term: LowRankTerm, of x: Tensor, to y: Tensor) -> Tensor {
        let T = x.rows, K = x.width, N = y.width
        precondition(term.first.width == K && y.rows == T, "low-rank factors \(term.first.shape) of \(x.shape) to \(y.shape)")
        precondition(term.parts.allSatisfy { $0.columns.upperBound <= N }, "low-rank columns reach past \(N)")
        precondition(
            y.requiresGradient || !(wantsGradient(x) || learns(term)), "low-rank factors learn beside a result that has no gradient")
        let h = unsafe addUpdate(term, rows: T, of: x.base, to: y.base, width: N)
        unsafe recordAddition(to: y) { [self] dy in
            let slot = wantsGradient(x) ? gradient(of: x) : nil
            unsafe addUpdateGradient(
                term, rows: T, of: x.base, projected: h, dy, width: N, into: slot?.base, addend: slot.flatMap { unsafe $0.addend })
            withExtendedLifetime(slot) {}
        }
        return y
    }

    /// Whether a gradient of any factor is wanted.
    func learns(_ term: LowRankTerm) -> Bool {
        wantsGradient(term.first) || term.parts.contains { wantsGradient($0.factor) }
    }

    /// y += s · (x · Aᵀ) · Bᵀ; returns s · x · Aᵀ [T, parts · r], which the gradient needs.
    ///
    /// `x`: [T, K]; `y`: [T, `width`].
    func addUpdate(
        _ term: LowRankTerm, rows T: Int, of x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, width N: Int
    ) -> Storage {
        let K = term.first.width, R = term.first.rows, r = term.rank
        let h = pool.storage(T * R)
        unsafe multiply(M: T, N: R, K: K, x, stride: K, transposedLeft: false, term.first, .transposed, into: h.base, addend: nil)
        unsafe ck_scale(T * R, term.scale, h.base)
        for (i, part) in term.parts.enumerated() {
            unsafe addProduct(
                M: T, N: part.columns.count, K: r, h.base + i * r, stride: R, part.factor, .transposed,
                into: y + part.columns.lowerBound, stride: N)
        }
        return h
    }

    /// Adds to the gradients of the factors that learn; sets `dx` to the gradient of x plus `addend`, where it is given.
    ///
    /// `x`: [T, K]; `h`: what `addUpdate` returned; `dy`: [T, `width`]; `dx`, `addend`: [T, K].
    func addUpdateGradient(
        _ term: LowRankTerm, rows T: Int, of x: UnsafePointer<Float>, projected h: Storage, _ dy: UnsafePointer<Float>, width N: Int,
        into dx: UnsafeMutablePointer<Float>?, addend: UnsafePointer<Float>?
    ) {
        let K = term.first.width, R = term.first.rows, r = term.rank
        for (i, part) in term.parts.enumerated() where wantsGradient(part.factor) {
            // dB = dyᵀ · (s · x · Aᵀ)
            let slot = gradient(of: part.factor)
            unsafe multiply(
                M: part.columns.count, N: r, K: T, dy + part.columns.lowerBound, stride: N, h.base + i * r, stride: R, into: slot.base,
                addend: slot.addend)
        }
        guard unsafe dx != nil || wantsGradient(term.first) else { return }
        // s · dy · B
        let dh = pool.zeros(T * R)
        for (i, part) in term.parts.enumerated() {
            unsafe addProduct(
                M: T, N: r, K: part.columns.count, dy + part.columns.lowerBound, stride: N, part.factor, .plain, into: dh.base + i * r,
                stride: R)
        }
        unsafe ck_scale(T * R, term.scale, dh.base)
        if wantsGradient(term.first) {
            let slot = gradient(of: term.first)
            unsafe multiply(M: R, N: K, K: T, dh.base, stride: R, x, stride: K, into: slot.base, addend: slot.addend)
        }
        if let dx = unsafe dx {
            unsafe multiply(M: T, N: K, K: R, dh.base, stride: R, transposedLeft: false, term.first, .plain, into: dx, addend: addend)
        }
        withExtendedLifetime((dh, h)) {}
    }

    /// C += A · B with rows of C further apart than they are wide; B is a matrix tensor, as in `multiply`.
    private func addProduct(
        M: Int, N: Int, K: Int, _ a: UnsafePointer<Float>, stride: Int, _ matrix: Tensor, _ side: PackedMatrix.Side,
        into c: UnsafeMutablePointer<Float>, stride cStride: Int
    ) {
        if MatrixProduct.usesKernels, let packing = matrix.packing {
            let packed = packing.packed(side)
            unsafe ck_gemm(M, N, K, a, stride, 0, packed.base, c, cStride, c)
            withExtendedLifetime(packed) {}
        } else {
            let product = pool.storage(M * N)
            unsafe multiply(M: M, N: N, K: K, a, stride: stride, transposedLeft: false, matrix, side, into: product.base, addend: nil)
            for row in 0..<M { unsafe ck_add(N, product.base + row * N, c + row * cStride) }
            withExtendedLifetime(product) {}
        }
    }
}

extension LowRankTerm {
    /// Adds s · B · A to the rows of a matrix.
    ///
    /// `matrix`: [N, K]; whose parameters it belongs to must be told of the change.
    public func merge(into matrix: Tensor) {
        let K = first.width, pool = BufferPool()
        precondition(
            matrix.width == K && parts.allSatisfy { $0.columns.upperBound <= matrix.rows },
            "low-rank factors of \(first.shape) into \(matrix.shape)")
        for (i, part) in parts.enumerated() {
            let factor = pool.storage(part.factor.count)
            unsafe factor.base.update(from: part.factor.base, count: part.factor.count)
            unsafe ck_scale(part.factor.count, scale, factor.base)
            let rows = unsafe matrix.base + part.columns.lowerBound * K
            unsafe MatrixProduct.compute(
                M: part.columns.count, N: K, K: rank, factor.base, stride: rank, transposed: false, first.base + i * rank * K, stride: K,
                transposed: false, into: rows, addend: rows, pool: pool)
            withExtendedLifetime(factor) {}
        }
    }
}
