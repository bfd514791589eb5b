/// What becomes of a candidate: the alarms that ring, and the gate's decision with them.
struct Judgement: Sendable {
    let alarms: [Alarm]
    let decision: GateDecision

    /// The judgement of the generation after `standing`.
    ///
    /// - Throws: `ComparisonError` where the evaluations cannot be compared.
    init(
        of tally: GenerationTally, evaluation: EvaluationResult, audit: AuditResult?, after standing: RunStanding, settings: RunSettings
    ) throws(ComparisonError) {
        let reading = try AlarmReading(
            metrics: tally.metrics, earlier: standing.metrics, first: standing.firstMetrics, episodes: tally.episodeCount,
            unscorable: tally.unscorable, base: standing.baseline, incumbent: standing.evaluation, candidate: evaluation)
        let gate = Gate(settings: settings.gate, retention: settings.retention, safety: settings.safety)
        alarms = Alarm.ringing(in: reading, by: settings.safety)
        let concerns = gate.checks(of: alarms) + (audit.map { [gate.check(of: $0, level: settings.audit.level)] } ?? [])
        decision = try gate.decide(
            incumbent: standing.evaluation, candidate: evaluation, base: standing.baseline, concerns: concerns,
            look: standing.generations + 1)
    }
}
