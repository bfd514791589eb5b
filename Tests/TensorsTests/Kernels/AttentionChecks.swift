import CKernels
import Foundation
import Randomness
import Testing

/// Attention of rows against a loop in Double.
enum AttentionChecks {
    /// fp32 rounding of scores of order 1 and of a mean of values of order 1.
    private static let tolerance = 5e-6

    static func forward() {
        var worst = 0.0
        for n in [1, 2, 15, 16, 17, 31, 32, 33, 63, 65] {
            for rows in [1, 2, 3, 4, 5, 7, 12, 13] {
                for width in [4, 8, 16, 24, 32, 40, 48, 64, 80] {
                    for step in 0...1 {
                        let error = largestError(rows: rows, step: step, n: n, width: width)
                        worst = error.isNaN ? .infinity : max(worst, error)
                    }
                }
            }
        }
        #expect(worst < tolerance)
    }

    /// A row alone gives the same bits as among others: what sampler and trainer rest on.
    static func invariance() {
        for (n, rows, width) in [(1, 70, 32), (5, 29, 64), (40, 13, 24), (3, 12, 128)] {
            let (query, keys, values) = arrays(rows: rows, positions: n + rows - 1, width: width)
            let together = attend(rows: rows, step: 1, n: n, width: width, query, keys, values)
            for row in 0..<rows {
                let alone = attend(
                    rows: 1, step: 0, n: n + row, width: width, Array(query[row * (width + 3)..<(row + 1) * (width + 3)]), keys, values)
                #expect(alone == Array(together[row * width..<(row + 1) * width]))
            }
        }
    }

    private static func arrays(rows: Int, positions: Int, width: Int) -> (query: [Float], keys: [Float], values: [Float]) {
        let seed = SeedTree(root: 1)("attention", positions, rows, width)
        return (
            RandomFloats.normal(rows * (width + 3), seed("query")), RandomFloats.normal(positions * (width + 5), seed("keys")),
            RandomFloats.normal(positions * (width + 5), seed("values"))
        )
    }

    private static func attend(rows: Int, step: Int, n: Int, width: Int, _ query: [Float], _ keys: [Float], _ values: [Float]) -> [Float] {
        let last = n + (rows - 1) * step, capacity = (last + 31) & ~31, stride = width + 5
        // What lies behind the last position must not matter.
        var panels = [Float](repeating: .nan, count: width * capacity)
        unsafe ck_store_keys(last, width, keys, stride, &panels, 0)
        var output = [Float](repeating: .nan, count: rows * width)
        var scratch = [Float](repeating: .nan, count: ck_attend_scratch(last))
        unsafe ck_attend(
            rows, step, n, width, query, width + 3, panels, values, stride, 1 / Float(width).squareRoot(), &output, width, nil, &scratch)
        return output
    }

    private static func largestError(rows: Int, step: Int, n: Int, width: Int) -> Double {
        let stride = width + 5, scale = 1 / Float(width).squareRoot()
        let (query, keys, values) = arrays(rows: rows, positions: n + (rows - 1) * step, width: width)
        let output = attend(rows: rows, step: step, n: n, width: width, query, keys, values)
        var worst = 0.0
        for row in 0..<rows {
            let own = n + row * step
            let scores = (0..<own).map { j in
                (0..<width).reduce(0.0) { $0 + Double(query[row * (width + 3) + $1]) * Double(keys[j * stride + $1]) } * Double(scale)
            }
            let top = scores.max() ?? 0
            let weights = scores.map { exp($0 - top) }
            let total = weights.reduce(0, +)
            for d in 0..<width {
                let exact = (0..<own).reduce(0.0) { $0 + weights[$1] * Double(values[$1 * stride + d]) } / total
                let error = abs(Double(output[row * width + d]) - exact)
                worst = error.isNaN ? .infinity : max(worst, error)
            }
        }
        return worst
    }
}
