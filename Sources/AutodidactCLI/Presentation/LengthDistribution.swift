import Autodidact

/// How long the texts of a file are.
struct LengthDistribution: Encodable, Equatable {
    /// `tokens`, or `bytes` where no model counts tokens.
    let unit: String
    let count: Int
    let least: Int
    let median: Int
    /// Nine of ten are not longer.
    let ninetieth: Int
    let most: Int

    /// The distribution of these lengths, each quantile one that occurs; nil where there is none.
    init?(_ lengths: [Int], unit: String) {
        guard let least = lengths.min(), let most = lengths.max() else { return nil }
        let sorted = lengths.sorted()
        (self.unit, self.least, self.most, count) = (unit, least, most, lengths.count)
        func quantile(_ tenths: Int) -> Int { sorted[max(0, (sorted.count * tenths + 9) / 10 - 1)] }
        (median, ninetieth) = (quantile(5), quantile(9))
    }

    /// For people.
    var text: String { "\(least) to \(most) \(unit), half up to \(median), nine of ten up to \(ninetieth)" }
}
