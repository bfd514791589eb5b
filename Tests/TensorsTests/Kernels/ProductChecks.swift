import CKernels
import Randomness
import Testing

#if canImport(Accelerate)
    import Accelerate
#else
    import COpenBLAS
#endif

/// The packed product against a naive one in Double and against the system's BLAS.
enum ProductChecks {
    /// Rounding of a chain of K multiply-adds is at most K half units in the last place of Σ|a·b|; BLAS has its own, as large.
    private static func bound(_ K: Int) -> Double { Double(K + 2) * 0x1p-24 }
    /// Written between rows of the result, where no kernel may write.
    private static let untouched: Float = -77

    private struct Size: Sendable {
        let M: Int
        let N: Int
        let K: Int
    }

    /// Around the tiles' heights (6, 12), the panels' width (32) and the strips' length (256).
    private static let sizes: [Size] = [1, 2, 5, 6, 7, 11, 12, 13, 25].flatMap { M in
        [1, 15, 16, 17, 31, 32, 33, 65].flatMap { N in [0, 1, 7, 31, 256, 300, 513].map { K in Size(M: M, N: N, K: K) } }
    }

    static func everySize() {
        #if !canImport(Accelerate)
            openblas_set_num_threads(1)
        #endif
        var worst = 0.0, worstAgainstBLAS = 0.0, touched = 0
        for size in sizes {
            for form in 0..<8 {
                let result = errors(size, aTransposed: form & 1 == 1, bTransposed: form & 2 == 2, accumulate: form & 4 == 4)
                worst = max(worst, result.naive)
                worstAgainstBLAS = max(worstAgainstBLAS, result.blas)
                touched += result.touched
            }
        }
        #expect(worst <= 1)
        #expect(worstAgainstBLAS <= 2)
        #expect(touched == 0)
    }

    /// The largest differences as parts of the bound, and how many floats outside the result were written.
    private static func errors(
        _ size: Size, aTransposed: Bool, bTransposed: Bool, accumulate: Bool
    ) -> (naive: Double, blas: Double, touched: Int) {
        let M = size.M, N = size.N, K = size.K
        let aStride = (aTransposed ? M : K) + 3, bStride = (bTransposed ? K : N) + 1, cStride = N + 5
        let seed = SeedTree(root: 1)("product", M, N, K)
        let a = RandomFloats.normal((aTransposed ? K : M) * aStride, seed("a"))
        let b = RandomFloats.normal((bTransposed ? N : K) * bStride, seed("b"))
        let start = RandomFloats.normal(M * N, seed("c"))
        var packed = [Float](repeating: .nan, count: ck_packed_size(K, N))
        unsafe ck_pack(b, bStride, K, N, bTransposed ? 1 : 0, &packed)
        var c = [Float](repeating: untouched, count: M * cStride)
        for row in 0..<M { for column in 0..<N { c[row * cStride + column] = accumulate ? start[row * N + column] : .nan } }
        var blas = accumulate ? start : [Float](repeating: 0, count: M * N)
        // The addend is the result's own memory for even sizes, memory of its own for odd ones.
        let addend = c
        unsafe c.withUnsafeMutableBufferPointer { result in
            guard let base = result.baseAddress else { return }
            unsafe addend.withUnsafeBufferPointer { addend in
                let added = unsafe M % 2 == 0 ? UnsafePointer(base) : addend.baseAddress
                unsafe ck_gemm(M, N, K, a, aStride, aTransposed ? 1 : 0, packed, base, cStride, accumulate ? added : nil)
            }
        }
        unsafe cblas_sgemm(
            CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans, bTransposed ? CblasTrans : CblasNoTrans, .init(M), .init(N), .init(K),
            1,
            a, .init(aStride), b, .init(bStride), accumulate ? 1 : 0, &blas, .init(N))
        var worst = 0.0, worstAgainstBLAS = 0.0, touched = 0
        for row in 0..<M {
            for column in 0..<N {
                var sum = accumulate ? Double(start[row * N + column]) : 0
                var magnitude = abs(sum)
                for k in 0..<K {
                    let product =
                        Double(a[aTransposed ? k * aStride + row : row * aStride + k])
                        * Double(b[bTransposed ? column * bStride + k : k * bStride + column])
                    sum += product
                    magnitude += abs(product)
                }
                let limit = max(magnitude * bound(K), .leastNormalMagnitude)
                let value = Double(c[row * cStride + column])
                let error = abs(value - sum) / limit
                worst = error.isNaN ? .infinity : max(worst, error)
                worstAgainstBLAS = max(worstAgainstBLAS, abs(value - Double(blas[row * N + column])) / limit)
            }
            touched += c[(row * cStride + N)..<((row + 1) * cStride)].filter { $0 != untouched }.count
        }
        return (worst, worstAgainstBLAS, touched)
    }

    /// Every row alone, and batches of every size at several positions, against all rows together.
    static func rowInvariance() {
        let M = 29, N = 70
        for K in [5, 64, 300] {
            let a = RandomFloats.normal(M * K, SeedTree(root: 2)("a", K)), b = RandomFloats.normal(K * N, SeedTree(root: 2)("b", K))
            var packed = [Float](repeating: 0, count: ck_packed_size(K, N)), all = [Float](repeating: 0, count: M * N)
            unsafe ck_pack(b, N, K, N, 0, &packed)
            unsafe ck_gemm(M, N, K, a, K, 0, packed, &all, N, nil)
            var different = 0
            for rows in 1...M {
                for first in 0...(M - rows) {
                    var part = [Float](repeating: 0, count: rows * N)
                    unsafe ck_gemm(rows, N, K, Array(a[first * K..<(first + rows) * K]), K, 0, packed, &part, N, nil)
                    different += zip(part, all[first * N..<(first + rows) * N]).filter { $0.bitPattern != $1.bitPattern }.count
                }
            }
            #expect(different == 0, "K = \(K)")
        }
    }
}
