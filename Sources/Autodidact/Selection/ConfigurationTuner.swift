/// Finds the sampling temperature and the reward threshold under which a selection is worth most, from samples of a few problems.
///
/// Probe, grid, value, argmax (B-STaR, arXiv:2412.17256, §4; M-STaR tunes by another value). Each temperature needs samples of its own;
/// thresholds share them. The value is any function of what would be kept, such as the mean `balanceScore`. Of equal values the first
/// temperature, then the lowest threshold wins.
public struct ConfigurationTuner: Sendable, Hashable, Codable {
    /// The thresholds to try, rising.
    public let thresholds: [Double]
    /// How many responses of each problem, on average, the smallest cap must keep.
    public let keptPerProblem: Double

    /// A tuner; B-STaR tries −1 to 1 in steps of 0.01 unless told otherwise.
    public init(thresholds: [Double] = (-100...100).map { Double($0) / 100 }, keptPerProblem: Double) {
        precondition(!thresholds.isEmpty && keptPerProblem > 0, "\(thresholds.count) thresholds, \(keptPerProblem) kept of a problem")
        self.thresholds = thresholds
        self.keptPerProblem = keptPerProblem
    }

    /// A threshold with its cap, and what the selection they make is worth.
    public struct Choice: Sendable, Hashable, Codable {
        /// Rewards must lie above it.
        public let threshold: Double
        /// The most responses kept of one problem.
        public let cap: Int
        /// The value of what is kept.
        public let value: Double
    }

    /// The best threshold for these problems, each with the smallest cap that reaches the target.
    public func choice(for ranked_P: [RankedResponses], value: ([ArraySlice<ScoredResponse>]) -> Double) -> Choice {
        let target = Int((keptPerProblem * Double(ranked_P.count)).rounded())
        let tried = thresholds.map { threshold in
            let cap = smallestCap(reaching: target, in: ranked_P, above: threshold)
            return Choice(threshold: threshold, cap: cap, value: value(ranked_P.map { $0.kept(above: threshold, cap: cap) }))
        }
        return tried.dropFirst().reduce(tried[0]) { best, next in next.value > best.value ? next : best }
    }

    /// The index of the probe whose best threshold is worth most, with that threshold; nil without probes.
    ///
    /// `probes` holds for each configuration, such as a temperature, the ranked samples of the probe problems.
    public func best(
        of probes: [[RankedResponses]], value: ([ArraySlice<ScoredResponse>]) -> Double
    ) -> (probe: Int, choice: Choice)? {
        probes.enumerated().reduce(nil) { best, next in
            let choice = choice(for: next.element, value: value)
            if let best, best.choice.value >= choice.value { return best }
            return (next.offset, choice)
        }
    }
}
