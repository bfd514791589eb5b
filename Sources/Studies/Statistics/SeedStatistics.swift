public import Autodidact

extension Estimate {
    /// The mean of one figure over seeds, with its Student-t interval.
    ///
    /// Seeds are the units: what varies over them is all that training draws, while the problems of an evaluation stay the same.
    /// The interval is not cut at the ends of the figure's range.
    ///
    /// - Parameter value_S: [S], one value for each seed, at least two.
    public init(overSeeds value_S: [Double], confidence: Double = 0.95) {
        precondition(value_S.count >= 2, "an interval over \(value_S.count) seeds")
        let count = Double(value_S.count)
        let mean = value_S.reduce(0, +) / count
        let variance = value_S.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let half = StudentT.bound(within: confidence, degrees: value_S.count - 1) * (variance / count).squareRoot()
        self.init(mean, low: mean - half, high: mean + half)
    }
}

/// Two arms compared seed by seed.
public struct SeedDifference: Sendable, Hashable {
    /// [S], the difference in each seed.
    public let difference_S: [Double]
    /// Their mean with the paired Student-t interval.
    public let estimate: Estimate
    /// Two-sided p-value of the paired t test; 1 where all differences are 0.
    public let pValue: Double

    /// The differences between two arms whose values are in the same order of seeds.
    ///
    /// - Parameters:
    ///   - value_S: [S], at least two.
    ///   - other_S: [S], what is subtracted.
    public init(_ value_S: [Double], minus other_S: [Double]) {
        precondition(value_S.count == other_S.count, "\(value_S.count) seeds against \(other_S.count)")
        difference_S = zip(value_S, other_S).map { $0 - $1 }
        estimate = Estimate(overSeeds: difference_S)
        let half = estimate.high - estimate.value
        if half > 0 {
            let degrees = difference_S.count - 1
            let t = estimate.value / half * StudentT.bound(within: 0.95, degrees: degrees)
            pValue = 1 - StudentT.probability(within: t, degrees: degrees)
        } else {
            pValue = estimate.value == 0 ? 1 : 0
        }
    }
}
