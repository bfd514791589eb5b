import Foundation

/// Counts of values in bins of equal width.
public struct Histogram: Sendable, Hashable, Codable {
    /// Where the first bin begins.
    public let low: Double
    /// Where the last bin ends.
    public let high: Double
    /// How many values fell into each bin; each bin holds its lower end, the last one both.
    public let counts: [Int]

    /// A histogram of known counts; needs `low` < `high`.
    public init(low: Double, high: Double, counts: [Int]) {
        precondition(low < high, "a histogram from \(low) to \(high)")
        self.low = low
        self.high = high
        self.counts = counts
    }

    /// Counts values; those outside fall into the first or last bin, those that are not numbers into none.
    public init(of values: some Sequence<Double>, low: Double, high: Double, bins: Int) {
        precondition(low < high && bins > 0, "a histogram from \(low) to \(high) in \(bins) bins")
        var counts = [Int](repeating: 0, count: bins)
        for value in values where !value.isNaN {
            let place = (value - low) / (high - low) * Double(bins)
            counts[Int(min(max(place, 0), Double(bins - 1)))] += 1
        }
        self.init(low: low, high: high, counts: counts)
    }

    /// How many values were counted.
    public var total: Int { counts.reduce(0, +) }

    /// The share of values in each bin; zeros where nothing was counted.
    public var shares: [Double] {
        let total = Double(max(1, total))
        return counts.map { Double($0) / total }
    }
}
