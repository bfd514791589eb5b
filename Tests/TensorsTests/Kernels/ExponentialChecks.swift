import CKernels
import Foundation
import Testing

/// The vector exponential against Foundation's in Double.
enum ExponentialChecks {
    /// Units in the last place; measured over the sweep below: 1.01 with fused multiply-add, 0.97 without.
    private static let tolerance = 1.5

    static func exponentials(_ x: [Float]) -> [Float] {
        var y = [Float](repeating: 0, count: x.count)
        unsafe ck_exp(x.count, x, &y)
        return y
    }

    static func error() {
        // An odd count, so that the last vector is a part.
        let count = 2_000_003
        let x = (0..<count).map { Float(-87.33 + 175.7 * Double($0) / Double(count - 1)) }
        var worst = 0.0
        for (x, y) in zip(x, exponentials(x)) {
            let exact = exp(Double(x))
            worst = max(worst, abs(Double(y) - exact) / Double(Float(exact).ulp))
        }
        #expect(worst < tolerance)
    }

    static func edges() {
        for count in 1...35 {
            #expect(exponentials(Array(repeating: -.infinity, count: count)) == Array(repeating: 0, count: count))
            #expect(exponentials(Array(repeating: -1000, count: count)) == Array(repeating: 0, count: count))
            #expect(exponentials(Array(repeating: 0, count: count)) == Array(repeating: 1, count: count))
            #expect(exponentials(Array(repeating: .nan, count: count)).allSatisfy { $0.isNaN })
            for large in [89, 1e30, .infinity] as [Float] {
                #expect(exponentials(Array(repeating: large, count: count)).allSatisfy { $0.isFinite && $0 > 2.3e38 })
            }
        }
        // A NaN does not leak into its neighbours.
        var mixed = [Float](repeating: 1, count: 16)
        mixed[7] = .nan
        let values = exponentials(mixed)
        #expect(values.enumerated().allSatisfy { $0.offset == 7 ? $0.element.isNaN : abs($0.element - 2.7182817) < 1e-6 })
    }
}
