/// What alarms read of a generation: its record as it will be committed, and what it is held against.
public struct AlarmReading: Sendable, Hashable {
    /// Named figures of the generation, of the one before and of the run's first; the latter two empty in the first.
    public let metrics: [String: Double]
    let earlier: [String: Double]
    let first: [String: Double]
    /// Episodes made for training, and how many of them could not be judged.
    public let episodes: Int
    let unscorable: Int
    /// On the held-out problems: the model that the run began with, the incumbent and the candidate.
    public let base: EvaluationResult
    let incumbent: EvaluationResult
    let candidate: EvaluationResult
    /// [P], candidate − base and candidate − incumbent mean@k.
    let sinceBase_P: [Double]
    let sinceIncumbent_P: [Double]

    /// A reading.
    ///
    /// - Throws: `ComparisonError` where the evaluations are not of the same problems under the same conditions.
    public init(
        metrics: [String: Double], earlier: [String: Double] = [:], first: [String: Double] = [:], episodes: Int, unscorable: Int,
        base: EvaluationResult, incumbent: EvaluationResult, candidate: EvaluationResult
    ) throws(ComparisonError) {
        self.metrics = metrics
        self.earlier = earlier
        self.first = first
        self.episodes = episodes
        self.unscorable = unscorable
        self.base = base
        self.incumbent = incumbent
        self.candidate = candidate
        sinceBase_P = try PairedOutcomes(incumbent: base, candidate: candidate).difference_P
        sinceIncumbent_P = try PairedOutcomes(incumbent: incumbent, candidate: candidate).difference_P
    }
}
