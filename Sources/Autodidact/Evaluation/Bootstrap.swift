package import Randomness

/// The percentile bootstrap of a mean (Efron 1979): problems are drawn with replacement, the middle of the resampled means is the
/// interval.
package enum Bootstrap {
    /// How many resamples an interval rests on: its ends then move by about 2 % of its width between seeds.
    package static let resamples = 10_000

    /// The key of every interval, fixed so that equal data give equal intervals.
    package static let key = SeedTree(root: 0)("bootstrap")

    /// The central `confidence` interval of the mean of `value_P`.
    ///
    /// `value_P`: [P]; one value gives an interval of no width, none is an error. Deterministic: resample r reads its own range of `key`'s
    /// counters, and sums run in that order.
    package static func interval(
        ofMean value_P: [Double], confidence: Double = 0.95, resamples: Int = resamples, key: SeedTree = key
    ) -> (low: Double, high: Double) {
        precondition(!value_P.isEmpty && resamples > 0, "a bootstrap of \(value_P.count) values with \(resamples) resamples")
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not inside 0...1")
        let count = UInt64(value_P.count)
        // Indices are taken off a 64-bit fraction one by one; what is left after four draws below 4096 still has 16 bits and more.
        let perWord = count <= 4096 ? 4 : 2
        let blocks = (value_P.count + 2 * perWord - 1) / (2 * perWord)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for resample in 0..<resamples {
            var sum = 0.0
            var remaining = value_P.count
            for block in 0..<blocks {
                let words = Philox.words(key: key.key, counter: UInt64(resample * blocks + block))
                for half in 0..<2 {
                    var fraction = UInt64(words[2 * half]) | UInt64(words[2 * half + 1]) << 32
                    let draws = min(perWord, remaining)
                    for _ in 0..<draws {
                        let product = fraction.multipliedFullWidth(by: count)
                        sum += value_P[Int(product.high)]
                        fraction = product.low
                    }
                    remaining -= draws
                }
            }
            means.append(sum / Double(count))
        }
        means.sort()
        let tail = (1 - confidence) / 2
        return (quantile(tail, ofSorted: means), quantile(1 - tail, ofSorted: means))
    }

    /// The quantile `q` of sorted values, interpolated between neighbours.
    private static func quantile(_ q: Double, ofSorted values: [Double]) -> Double {
        let position = q * Double(values.count - 1)
        let lower = Int(position.rounded(.down))
        let upper = min(lower + 1, values.count - 1)
        return values[lower] + (position - Double(lower)) * (values[upper] - values[lower])
    }
}
