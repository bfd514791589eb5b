import CKernels
import Randomness
import Testing

/// The largest element, and draws from probabilities.
enum ChoiceChecks {
    private static func argmax(_ x: [Float]) -> Int { unsafe ck_argmax(x, x.count) }
    private static func draw(_ p: [Float], _ u: Float) -> Int { unsafe ck_draw(p, p.count, u) }
    /// The largest number that a draw can be given.
    private static let almostOne = Float(1).nextDown

    static func argmax() {
        for n in 1...50 {
            for top in 0..<n {
                // The same maximum again at every later place: the first wins.
                let x = (0..<n).map { $0 < top ? Float($0 % 3) : 5 }
                #expect(argmax(x) == top)
            }
        }
        #expect(argmax([-3, -.infinity, -2]) == 2)
        #expect(argmax(Array(repeating: -.infinity, count: 20)) == 0)
        #expect(argmax([1, .infinity, .infinity]) == 1)
        // A NaN is never the largest.
        #expect(argmax([.nan, 1, 7, .nan, 7]) == 2)
    }

    static func draw() {
        #expect(draw([0, 0, 1, 0], 0) == 2)
        #expect(draw([0.5, 0.5, 0, 0], almostOne) == 1)
        #expect(draw([0, 0.25, 0, 0.25, 0], 0.5) == 3)
        #expect(draw([0, 0.25, 0, 0.25, 0], Float(0.5).nextDown) == 1)
        #expect(draw([1, 0], almostOne) == 0)
        #expect(draw([0, 0, 0], 0.5) == 0)
        #expect(draw([.nan, 1], 0.5) == 0 || draw([.nan, 1], 0.5) == 1)
        // Probabilities that fp32 rounding has left short of 1: an impossible token is still never drawn.
        for n in [3, 10, 1000] {
            var p = [Float](repeating: 1 / Float(n), count: n)
            p[0] = 0
            p[n - 1] = 0
            #expect(draw(p, almostOne) == n - 2 && draw(p, 0) == 1)
        }
        // Each token gets its share of a grid of uniform numbers, to one point of the grid at each border.
        let p = RandomFloats.positive(23, SeedTree(root: 1)), total = p.reduce(0, +), points = 100_000
        var counts = [Int](repeating: 0, count: p.count)
        for i in 0..<points { counts[draw(p, (Float(i) + 0.5) / Float(points))] += 1 }
        #expect(zip(counts, p).allSatisfy { abs(Float($0) - Float(points) * $1 / total) < 2 })
    }
}
