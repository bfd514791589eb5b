import CKernels
import Foundation
import Randomness
import Testing

/// Softmax and logprobs against loops in Double.
enum SoftmaxChecks {
    /// fp32 rounding of logits of order 10 over a temperature of 0.5.
    private static let tolerance = 1e-5
    private static let lengths = [1, 2, 15, 16, 17, 31, 33, 100, 1001]

    static func values() {
        for n in lengths {
            let x = RandomFloats.normal(n, SeedTree(root: 1)("logits", n), deviation: 4)
            for inverse in [1, 2, 0.5] as [Float] {
                let scaled = x.map { Double($0) * Double(inverse) }
                let total = log(scaled.reduce(0) { $0 + exp($1) })
                var y = [Float](repeating: .nan, count: n)
                let found = unsafe ck_softmax(x, n, inverse, &y)
                let alone = unsafe ck_logsumexp(x, n, inverse)
                #expect(found == alone && abs(Double(found) - total) < tolerance)
                let worst = zip(y, scaled).map { abs(Double($0) - exp($1 - total)) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
                #expect(worst < tolerance, "\(n) logits at 1/\(inverse)")
            }
        }
    }

    static func edges() {
        for n in [1, 16, 17, 40] {
            var x = [Float](repeating: -.infinity, count: n), y = [Float](repeating: .nan, count: n)
            // Nothing but −∞ has no distribution.
            let none = unsafe ck_logsumexp(x, n, 1)
            #expect(none.isNaN)
            // One possible token has probability 1, the masked ones 0.
            x[n - 1] = 3
            let one = unsafe ck_softmax(x, n, 1, &y)
            #expect(one == 3 && y.last == 1 && y.dropLast().allSatisfy { $0 == 0 })
            x[0] = .nan
            let unknown = unsafe ck_logsumexp(x, n, 1)
            #expect(unknown.isNaN)
            // Large logits do not overflow.
            let large = unsafe ck_logsumexp([Float](repeating: 1e30, count: n), n, 1)
            #expect(large == 1e30)
        }
        let empty = unsafe ck_logsumexp([], 0, 1)
        #expect(empty == -.infinity)
    }

    static func selectedLogprobs() {
        let rows = 5
        for n in lengths {
            let logits = RandomFloats.normal(rows * n, SeedTree(root: 2)("logits", n), deviation: 3)
            let slopes = RandomFloats.normal(rows, SeedTree(root: 2)("slopes", n))
            let targets = (0..<rows).map { Int32($0 * 7 % n) }
            var logprobs = [Float](repeating: .nan, count: rows), totals = logprobs, gradient = logits
            unsafe ck_selected_logprobs(rows, n, logits, targets, &logprobs, &totals)
            unsafe ck_selected_logprobs_backward(rows, n, &gradient, targets, totals, slopes)
            var worst = 0.0
            for row in 0..<rows {
                let x = logits[row * n..<(row + 1) * n].map(Double.init), slope = Double(slopes[row]), target = Int(targets[row])
                let total = log(x.reduce(0) { $0 + exp($1) })
                worst = max(worst, abs(Double(logprobs[row]) - (x[target] - total)))
                for i in 0..<n {
                    let exact = slope * ((i == target ? 1 : 0) - exp(x[i] - total))
                    let error = abs(Double(gradient[row * n + i]) - exact)
                    worst = error.isNaN ? .infinity : max(worst, error)
                }
            }
            #expect(worst < tolerance, "\(n) logits")
        }
    }
}
