import Foundation

extension Bootstrap {
    /// The interval of the mean of values that lie in `range`: the bootstrap's, or a bound where all values are alike.
    ///
    /// Resamples of equal values are equal, so the bootstrap would give an interval of no width, as if other problems could not come out
    /// otherwise. Of n values that all came out alike the share that would not have is at most s = 1 − (α/2)^(1/n), the upper limit at
    /// none of n (Clopper and Pearson 1934, Biometrika 26:404); the mean is furthest where that share lies at an end of `range`.
    package static func interval(
        ofMean value_P: [Double], within range: ClosedRange<Double>, confidence: Double = 0.95
    ) -> (low: Double, high: Double) {
        precondition(value_P.allSatisfy(range.contains), "a value lies outside \(range)")
        guard let value = value_P.first, value_P.allSatisfy({ $0 == value }) else {
            return interval(ofMean: value_P, confidence: confidence)
        }
        let share = otherwise(ofAlike: value_P.count, confidence: confidence)
        return (value - share * (value - range.lowerBound), value + share * (range.upperBound - value))
    }

    /// The most that may come out otherwise where n came out alike: Clopper and Pearson's upper limit at none of n, two-sided.
    private static func otherwise(ofAlike count: Int, confidence: Double) -> Double { 1 - pow((1 - confidence) / 2, 1 / Double(count)) }
}
