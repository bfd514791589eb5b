import CKernels

#if canImport(Accelerate)
    import Accelerate
#else
    import COpenBLAS
#endif

/// C = A · B (+ addend) on one core, by our packed kernels or by the system's BLAS.
///
/// The kernels give each row the same bits in any batch, which BLAS libraries do not promise; they are used wherever they have
/// vector code (x86-64 with AVX2 or AVX-512, arm64 Linux). BLAS serves the other machines, and is the reference in tests.
public enum MatrixProduct {
    /// Whether our kernels are used on this machine; if so, results do not depend on how rows are batched.
    public static let usesKernels = ck_gemm_is_fast() == 1

    /// The vector instructions that the kernels use here: `avx512`, `avx2` or `baseline`.
    public static let instructionSet = unsafe String(cString: ck_instruction_set())

    /// A: [M, K] (or [K, M] where transposed), B: [K, N] (or [N, K] where transposed), rows `stride` apart; C: [M, N].
    ///
    /// `addend`: [M, N], may be C itself.
    static func compute(
        M: Int, N: Int, K: Int, _ a: UnsafePointer<Float>, stride aStride: Int, transposed aTransposed: Bool, _ b: UnsafePointer<Float>,
        stride bStride: Int, transposed bTransposed: Bool, into c: UnsafeMutablePointer<Float>,
        addend: UnsafePointer<Float>?, pool: BufferPool
    ) {
        guard usesKernels else {
            unsafe computeWithBLAS(
                M: M, N: N, K: K, a, stride: aStride, transposed: aTransposed, b, stride: bStride, transposed: bTransposed, into: c,
                addend: addend)
            return
        }
        let packed = pool.storage(ck_packed_size(K, N))
        unsafe ck_pack(b, bStride, K, N, bTransposed ? 1 : 0, packed.base)
        unsafe ck_gemm(M, N, K, a, aStride, aTransposed ? 1 : 0, packed.base, c, N, addend)
        withExtendedLifetime(packed) {}
    }

    /// The same product by the system's BLAS.
    static func computeWithBLAS(
        M: Int, N: Int, K: Int, _ a: UnsafePointer<Float>, stride aStride: Int, transposed aTransposed: Bool, _ b: UnsafePointer<Float>,
        stride bStride: Int, transposed bTransposed: Bool, into c: UnsafeMutablePointer<Float>,
        addend: UnsafePointer<Float>?
    ) {
        guard M > 0 && N > 0 else { return }
        if let addend = unsafe addend, unsafe addend != UnsafePointer(c) { unsafe c.update(from: addend, count: M * N) }
        _ = singleThreaded
        unsafe cblas_sgemm(
            CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans, bTransposed ? CblasTrans : CblasNoTrans, .init(M), .init(N), .init(K),
            1,
            a, .init(aStride), b, .init(bStride), addend == nil ? 0 : 1, c, .init(N))
    }

    /// Shards are the parallelism; a BLAS that spawns threads of its own would fight them.
    private static let singleThreaded: Void = {
        #if !canImport(Accelerate)
            openblas_set_num_threads(1)
        #endif
    }()

    /// Speed of the product that the engine uses and of BLAS on one core, in floating-point operations a second.
    public static func measuredFlops(M: Int, N: Int, K: Int, repetitions: Int, usingBLAS: Bool, elapsed: (() -> Void) -> Double) -> Double {
        let a = Storage(count: M * K), b = Storage(count: K * N), c = Storage(count: M * N)
        a.fill(0.5)
        b.fill(0.25)
        let packed = Storage(count: ck_packed_size(K, N))
        unsafe ck_pack(b.base, N, K, N, 0, packed.base)
        let seconds = elapsed {
            for _ in 0..<repetitions {
                if usingBLAS {
                    unsafe computeWithBLAS(
                        M: M, N: N, K: K, a.base, stride: K, transposed: false, b.base, stride: N, transposed: false, into: c.base,
                        addend: nil)
                } else {
                    unsafe ck_gemm(M, N, K, a.base, K, 0, packed.base, c.base, N, nil)
                }
            }
        }
        withExtendedLifetime((a, b, c, packed)) {}
        return 2 * Double(M * N * K) * Double(repetitions) / seconds
    }
}
