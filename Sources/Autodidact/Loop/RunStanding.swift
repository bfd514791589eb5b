/// Where a run stands between two generations: all that decides how it goes on.
struct RunStanding: Sendable {
    let base: PolicySnapshot
    /// The base on the held-out problems.
    let baseline: EvaluationResult
    var incumbent: PolicySnapshot
    /// The incumbent on the held-out problems.
    private(set) var evaluation: EvaluationResult
    /// How many are committed, those included that a rollback has taken back.
    private(set) var generations = 0
    /// Which of them it descends from.
    private(set) var line = RunLine()
    /// The pauses of promotion that the last one on the line left.
    private(set) var pauses: [AlarmPause] = []
    /// The figures of the last one on the line that is a measure (`GenerationRecord.isMeasure`), and of the first such; empty before.
    private(set) var metrics: [String: Double] = [:]
    private(set) var firstMetrics: [String: Double] = [:]
    /// The first audit on the line, quarantined or not; nil before.
    private(set) var firstAudit: AuditResult?

    /// The standing before the first generation.
    init(base: PolicySnapshot, baseline: EvaluationResult) {
        (self.base, self.baseline, incumbent, evaluation) = (base, baseline, base, baseline)
    }

    /// The standing that a ledger's committed state describes.
    init(_ point: ResumePoint) {
        self.init(base: point.base, baseline: point.baseline)
        let present = RunLine(point.generations, rollbacks: point.rollbacks)
        for number in present.generations { add(point.generations[number - 1]) }
        generations = point.generations.count
        incumbent = point.incumbent
    }

    /// Takes in a committed generation, but for the weights of a new incumbent.
    mutating func add(_ record: GenerationRecord) {
        let isPromoted = record.decision.outcome == .promoted
        if isPromoted { evaluation = record.evaluation }
        generations = record.number
        line.append(record)
        let isMeasure = record.isMeasure(after: pauses)
        pauses = record.pauses
        // What may be hacked or broken is no measure for what comes after it.
        if isMeasure {
            if firstMetrics.isEmpty { firstMetrics = record.metrics }
            metrics = record.metrics
        }
        // It says how the judge errs: another in its place would be held against itself and could not refuse.
        firstAudit = firstAudit ?? record.audit
    }
}
