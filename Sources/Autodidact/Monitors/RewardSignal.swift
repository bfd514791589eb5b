/// How the reward that a method learns by moved over a generation, by name: its own reward where it records one, else the verifier's.
///
/// `reward_PG`: [P][G], nil where there is none, in the order in which the groups were sampled. `signal/mean` is the mean over problems of
/// their mean reward, `signal/mean_error` its standard error; `signal/trend` the mean of the later half less that of the earlier half, and
/// `signal/trend_error` its standard error. Problems are the unit, since samples of one problem go together. What cannot be known
/// is not there.
public func rewardSignal(_ reward_PG: [[Double?]]) -> [String: Double] {
    let mean_P = reward_PG.compactMap { reward_G -> Double? in
        let known = reward_G.compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    let half = mean_P.count / 2
    let (all, early, late) = (MeanWithError(mean_P[...]), MeanWithError(mean_P.prefix(half)), MeanWithError(mean_P.suffix(half)))
    var figures = ["signal/mean": all?.mean, "signal/mean_error": all?.error]
    if let early, let late {
        figures["signal/trend"] = late.mean - early.mean
        figures["signal/trend_error"] = (late.error * late.error + early.error * early.error).squareRoot()
    }
    return figures.compactMapValues(\.self)
}

/// The figures of `rewardSignal` as alarms read them.
struct RewardSignal {
    private let metrics: [String: Double]

    init(_ metrics: [String: Double]) {
        self.metrics = metrics
    }

    /// The rise within the generation in standard errors; nil where it is not known, or nothing varied.
    var trendErrors: Double? { ratio(metrics["signal/trend"], metrics["signal/trend_error"]) }

    /// The rise since another generation, in standard errors of the difference.
    func errors(above other: RewardSignal) -> Double? {
        guard let mean = metrics["signal/mean"], let before = other.metrics["signal/mean"], let error = metrics["signal/mean_error"],
            let errorBefore = other.metrics["signal/mean_error"]
        else { return nil }
        return ratio(mean - before, (error * error + errorBefore * errorBefore).squareRoot())
    }

    private func ratio(_ difference: Double?, _ error: Double?) -> Double? {
        guard let difference, let error, error > 0 else { return nil }
        return difference / error
    }
}

/// A mean and its standard error; nil for fewer than two values.
private struct MeanWithError {
    let mean: Double
    let error: Double

    init?(_ values: ArraySlice<Double>) {
        guard values.count > 1 else { return nil }
        let (n, sum) = (Double(values.count), values.reduce(0, +))
        let mean = sum / n
        self.mean = mean
        error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot()
    }
}
