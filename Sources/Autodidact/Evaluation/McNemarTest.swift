import Foundation

/// The exact McNemar test.
///
/// Of the problems on which two policies differ: how surprising is the split, if either way is as likely?
package enum McNemarTest {
    /// Two-sided: twice the smaller binomial tail, at most 1, which it is where nothing differs.
    package static func pTwoSided(won: Int, lost: Int) -> Double {
        min(1, 2 * pAtLeast(max(won, lost), of: won + lost))
    }

    /// One-sided, small where the candidate is worse: the chance of at least `lost` losses if a loss were as likely as a win.
    package static func pWorse(won: Int, lost: Int) -> Double {
        pAtLeast(lost, of: won + lost)
    }

    /// P(X ≥ k) for X ~ Bin(n, ½), summed in log space: no under- or overflow at any n.
    private static func pAtLeast(_ k: Int, of n: Int) -> Double {
        precondition(k >= 0 && k <= n, "\(k) of \(n)")
        guard k > 0 else { return 1 }
        // P(X ≥ k) = P(X ≤ n − k), whose terms follow from each other: C(n, i + 1) = C(n, i)·(n − i)/(i + 1).
        var logTerm = -Double(n) * log(2)
        var logTerms = [logTerm]
        for i in 0..<(n - k) {
            logTerm += log(Double(n - i) / Double(i + 1))
            logTerms.append(logTerm)
        }
        let largest = logTerms.max() ?? 0
        let sum = logTerms.reduce(0) { $0 + exp($1 - largest) }
        return min(1, exp(largest + log(sum)))
    }
}
