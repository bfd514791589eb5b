import CKernels
import Foundation
import Randomness
import Testing

/// Attention of one row against a loop in Double.
enum AttentionChecks {
    /// fp32 rounding of scores of order 1 and of a mean of values of order 1.
    private static let tolerance = 5e-6

    static func forward() {
        var worst = 0.0
        for n in [1, 2, 15, 16, 17, 31, 32, 33, 63, 65] {
            for group in 1...4 {
                for width in [4, 8, 16, 24, 32, 40, 48, 64, 80] {
                    // Capacities of one block and of a whole pair of blocks, as caches and batches have.
                    for capacity in Set([(n + 15) & ~15, (n + 31) & ~31, (n + 47) & ~15]) {
                        let error = largestError(n: n, group: group, width: width, capacity: capacity)
                        worst = error.isNaN ? .infinity : max(worst, error)
                    }
                }
            }
        }
        #expect(worst < tolerance)
    }

    private static func largestError(n: Int, group: Int, width: Int, capacity: Int) -> Double {
        let seed = SeedTree(root: 1)("attention", n, group, width), stride = width + 5
        let query = RandomFloats.normal(group * width, seed("query"))
        let keys = RandomFloats.normal(n * stride, seed("keys")), values = RandomFloats.normal(n * stride, seed("values"))
        let scale = 1 / Float(width).squareRoot()
        // What lies behind the last position must not matter.
        var keysTransposed = [Float](repeating: .nan, count: width * capacity)
        unsafe ck_transpose_into(n, width, keys, stride, &keysTransposed, capacity, 0)
        var output = [Float](repeating: .nan, count: group * width), scratch = [Float](repeating: .nan, count: group * capacity)
        unsafe ck_attend(n, group, width, query, keysTransposed, capacity, values, stride, scale, &output, &scratch)
        var worst = 0.0
        for head in 0..<group {
            let scores = (0..<n).map { j in
                (0..<width).reduce(0.0) { $0 + Double(query[head * width + $1]) * Double(keys[j * stride + $1]) } * Double(scale)
            }
            let top = scores.max() ?? 0
            let weights = scores.map { exp($0 - top) }
            let total = weights.reduce(0, +)
            for d in 0..<width {
                let exact = (0..<n).reduce(0.0) { $0 + weights[$1] * Double(values[$1 * stride + d]) } / total
                let error = abs(Double(output[head * width + d]) - exact)
                worst = error.isNaN ? .infinity : max(worst, error)
            }
        }
        return worst
    }
}
