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

    /// The backward pass against sums in Double, in all sizes of its blocks, set and added to.
    static func backward() {
        for (n, width, group) in [(1, 8, 1), (13, 40, 2), (95, 32, 2), (97, 40, 1), (130, 16, 3), (255, 32, 1), (257, 24, 2), (300, 8, 1)] {
            for adds in [false, true] {
                let error = backwardError(n: n, width: width, group: group, adds: adds)
                #expect(error < 2e-4, "\(n) positions, width \(width), group \(group), adds \(adds)")
            }
        }
    }

    /// The largest difference, relative to the largest gradient where that is above 1.
    private static func backwardError(n: Int, width: Int, group: Int, adds: Bool) -> Double {
        let seed = SeedTree(root: 2)("backward", n, width, group), wide = group * width, scale = 1 / Float(width).squareRoot()
        let q = RandomFloats.normal(n * wide, seed("q")), dout = RandomFloats.normal(n * wide, seed("dout"))
        let k = RandomFloats.normal(n * width, seed("k")), v = RandomFloats.normal(n * width, seed("v"))
        var panels = [Float](repeating: .nan, count: width * ((n + 31) & ~31))
        unsafe ck_store_keys(n, width, k, width, &panels, 0)
        var out = [Float](repeating: .nan, count: n * wide), logsumexps = [Float](repeating: .nan, count: group * n)
        var scratch = [Float](repeating: .nan, count: max(ck_attend_scratch(n), ck_attend_backward_scratch(n, width)))
        for g in 0..<group {
            unsafe out.withUnsafeMutableBufferPointer { out in
                unsafe logsumexps.withUnsafeMutableBufferPointer { sums in
                    unsafe q.withUnsafeBufferPointer { q in
                        guard let out = out.baseAddress, let sums = sums.baseAddress, let q = q.baseAddress else { return }
                        unsafe ck_attend(
                            n, 1, 1, width, q + g * width, wide, panels, v, width, scale, out + g * width, wide, sums + g * n, &scratch)
                    }
                }
            }
        }
        let start: Float = adds ? 0.5 : .nan
        var dq = [Float](repeating: start, count: n * wide), dk = [Float](repeating: start, count: n * width), dv = dk
        scratch = scratch.map { _ in .nan }
        unsafe ck_attend_backward(
            n, group, width, q, k, v, out, dout, wide, width, width, wide, scale, logsumexps, n, adds ? 1 : 0, adds ? 1 : 0, adds ? 1 : 0,
            &dq,
            &dk, &dv, wide, width, width, &scratch)
        let initial = adds ? 0.5 : 0.0
        var dqExact = [Double](repeating: initial, count: n * wide), dkExact = [Double](repeating: initial, count: n * width)
        var dvExact = dkExact
        for g in 0..<group {
            for i in 0..<n {
                func dot(_ a: [Float], _ aStart: Int, _ b: [Float], _ bStart: Int) -> Double {
                    (0..<width).reduce(0.0) { $0 + Double(a[aStart + $1]) * Double(b[bStart + $1]) }
                }
                let row = i * wide + g * width
                let scores = (0...i).map { dot(q, row, k, $0 * width) * Double(scale) }, top = scores.max() ?? 0
                let total = scores.reduce(0) { $0 + exp($1 - top) }, weights = scores.map { exp($0 - top) / total }
                let slopes = (0...i).map { dot(dout, row, v, $0 * width) }
                let mean = zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 }
                for j in 0...i {
                    let ds = weights[j] * (slopes[j] - mean) * Double(scale)
                    for d in 0..<width {
                        dqExact[row + d] += ds * Double(k[j * width + d])
                        dkExact[j * width + d] += ds * Double(q[row + d])
                        dvExact[j * width + d] += weights[j] * Double(dout[row + d])
                    }
                }
            }
        }
        return zip([dq, dk, dv], [dqExact, dkExact, dvExact]).reduce(0) { worst, pair in
            let largest = pair.1.reduce(0) { max($0, abs($1)) }
            return zip(pair.0, pair.1).reduce(worst) { worst, pair in
                let error = abs(Double(pair.0) - pair.1) / max(largest, 1)
                return error.isNaN ? .infinity : max(worst, error)
            }
        }
    }

    /// A new position in a cache that is longer than it: the same bits as attention over rows, and nothing else is written.
    static func cached() {
        let (heads, group, width, capacity, position) = (3, 2, 24, 96, 40)
        let seed = SeedTree(root: 3)("cached"), head = capacity * width
        let key = RandomFloats.normal(heads * width, seed("key")), value = RandomFloats.normal(heads * width, seed("value"))
        let query = RandomFloats.normal(heads * group * width, seed("query"))
        var keys = [Float](repeating: .nan, count: 2 * heads * head), values = keys
        let rows = RandomFloats.normal(position * width, seed("rows")), kept = RandomFloats.normal(position * width, seed("values"))
        for h in 0..<heads {
            let start = (heads + h) * head
            var panels = [Float](repeating: .nan, count: head)
            unsafe ck_store_keys(position, width, rows, width, &panels, 0)
            keys.replaceSubrange(start..<start + head, with: panels)
            values.replaceSubrange(start..<start + position * width, with: kept)
        }
        var output = [Float](repeating: .nan, count: heads * group * width)
        var scratch = [Float](repeating: .nan, count: ck_attend_scratch(capacity))
        unsafe ck_attend_cached(
            1, heads, group, width, query, key, value, heads * width, &keys, &values, [heads * head], capacity, [Int32(position)],
            1 / Float(width).squareRoot(), &output, &scratch)
        let gap: [Float] = [0, 0, 0, 0, 0]
        for h in 0..<heads {
            let own = h * width..<(h + 1) * width
            for g in 0..<group {
                let first = (h * group + g) * width
                var padded = Array(query[first..<first + width])
                padded += [0, 0, 0]
                func spread(_ rows: [Float], _ last: ArraySlice<Float>) -> [Float] {
                    var result: [Float] = []
                    for row in 0..<position { result += Array(rows[row * width..<(row + 1) * width]) + gap }
                    return result + Array(last) + gap
                }
                let expected = attend(
                    rows: 1, step: 0, n: position + 1, width: width, padded, spread(rows, key[own]), spread(kept, value[own]))
                #expect(expected == Array(output[first..<first + width]))
            }
        }
        #expect(keys[..<(heads * head)].allSatisfy(\.isNaN) && values[..<(heads * head)].allSatisfy(\.isNaN))
    }
}
