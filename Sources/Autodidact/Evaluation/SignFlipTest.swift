/// The paired sign-flip permutation test on the sum of differences (Fisher 1935), over all 2ᴾ flips.
///
/// If neither policy is better, each problem's difference is as likely with either sign; the p-value is the share of sign choices
/// whose sum is at least as extreme as the one seen. All flips are counted by dynamic programming, so a p-value has no sampling
/// error and may be as small as 2⁻ᴾ, which the gate needs at its late looks: 10,000 random flips cannot go below 1e-4.
///
/// Differences are put on a grid of 1/1680, which holds every difference of two shares with up to eight judged samples each, or on
/// a coarser one where the sum would be too long. Rounding to a grid is odd, so the test keeps its level exactly; only the statistic
/// then differs from the mean by less than the grid.
package enum SignFlipTest {
    /// The probability of a sum of flipped differences at least as large as the one seen; 1 where all are 0.
    package static func pGreater(_ difference_P: [Double]) -> Double {
        let step_P = lattice(difference_P)
        return tail(step_P.map(abs), from: step_P.reduce(0) { $0 + max($1, 0) })
    }

    /// The probability of a sum at least as far from 0 as the one seen, on either side; 1 where all are 0.
    package static func pTwoSided(_ difference_P: [Double]) -> Double {
        let step_P = lattice(difference_P)
        let positive = step_P.reduce(0) { $0 + max($1, 0) }
        let negative = step_P.reduce(0) { $0 + max(-$1, 0) }
        return positive == negative ? 1 : min(1, 2 * tail(step_P.map(abs), from: max(positive, negative)))
    }

    /// P(the sum of a random subset ≥ `threshold`), each step in it with probability ½: flips written as subset sums.
    private static func tail(_ step_P: [Int], from threshold: Int) -> Double {
        // Shortest first keeps the part of the table that can be reached small.
        let steps = step_P.filter { $0 > 0 }.sorted()
        var probability = [Double](repeating: 0, count: steps.reduce(0, +) + 1)
        probability[0] = 1
        var reach = 0
        for step in steps {
            reach += step
            for sum in stride(from: reach, through: step, by: -1) { probability[sum] = 0.5 * (probability[sum] + probability[sum - step]) }
            for sum in 0..<step { probability[sum] *= 0.5 }
        }
        // From the far end, so that the smallest terms are added first.
        let p = probability[threshold...].reversed().reduce(0, +)
        return min(1, max(p, .leastNormalMagnitude))
    }

    /// Signed whole steps in proportion to the differences, divided by what all have in common.
    private static func lattice(_ difference_P: [Double]) -> [Int] {
        precondition(difference_P.allSatisfy { abs($0) <= 2 }, "a difference of shares lies in -2...2")
        let fine_P = difference_P.map { Int(($0 * 1680).rounded()) }
        let divisor = fine_P.reduce(0) { greatestCommonDivisor($0, abs($1)) }
        guard divisor > 0 else { return fine_P }
        if fine_P.reduce(0, { $0 + abs($1) }) / divisor <= longestSum { return fine_P.map { $0 / divisor } }
        let scale = Double(longestSum) / difference_P.reduce(0) { $0 + abs($1) }
        return difference_P.map { Int(($0 * scale).rounded()) }
    }

    /// Bounds the table, and so the time: P × this many steps at most.
    private static let longestSum = 1 << 16

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
