/// Named figures, each the weighted mean of what was recorded under its name.
struct MetricMeans: Sendable {
    private var sums: [String: (sum: Double, weight: Double)] = [:]

    /// Adds a value; one that is not finite says nothing and is left out.
    mutating func record(_ name: String, _ value: Double, weight: Double = 1) {
        guard value.isFinite && weight > 0 else { return }
        let before = sums[name] ?? (0, 0)
        sums[name] = (before.sum + value * weight, before.weight + weight)
    }

    /// The means.
    var values: [String: Double] { sums.mapValues { $0.sum / $0.weight } }
}
