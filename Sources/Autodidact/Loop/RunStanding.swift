/// Where a run stands between two generations: all that decides how it goes on.
struct RunStanding: Sendable {
    let base: PolicySnapshot
    /// The base on the held-out problems.
    let baseline: EvaluationResult
    var incumbent: PolicySnapshot
    /// The incumbent on the held-out problems.
    var evaluation: EvaluationResult
    /// How many are committed.
    var generations = 0
    /// The figures of the last one, as they were committed, and those of the first; empty before.
    var metrics: [String: Double] = [:]
    var firstMetrics: [String: Double] = [:]
    /// The first audit of the run; nil before.
    var firstAudit: AuditResult?

    /// The standing before the first generation.
    init(base: PolicySnapshot, baseline: EvaluationResult) {
        (self.base, self.baseline, incumbent, evaluation) = (base, baseline, base, baseline)
    }

    /// The standing that a ledger's committed state describes.
    init(_ point: ResumePoint) {
        self.init(base: point.base, baseline: point.baseline)
        for record in point.generations { add(record) }
        incumbent = point.incumbent
    }

    /// Takes in a committed generation, but for the weights of a new incumbent.
    mutating func add(_ record: GenerationRecord) {
        generations = record.number
        if record.decision.outcome == .promoted { evaluation = record.evaluation }
        if record.number == 1 { firstMetrics = record.metrics }
        metrics = record.metrics
        firstAudit = firstAudit ?? record.audit
    }
}
