/// What becomes of a candidate: the alarms that ring, the pauses that go on, and the gate's decision with them.
struct Judgement: Sendable {
    let alarms: [Alarm]
    let pauses: [AlarmPause]
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
        let signals =
            Alarm.signals(in: reading, ringing: alarms, by: settings.safety)
            + (audit.map { [gate.signal(of: $0, level: settings.audit.level)] } ?? [])
        let number = standing.generations + 1
        // Without a gate nothing is refused, so nothing is paused.
        pauses =
            settings.gate.enabled
            ? AlarmPause.after(number, before: standing.pauses, signals: signals, needed: settings.safety.healthyGenerations) : []
        let concerns =
            gate.checks(of: alarms) + (audit.map { [gate.check(of: $0, level: settings.audit.level)] } ?? [])
            + gate.checks(of: pauses, inGeneration: number)
        decision = try gate.decide(
            incumbent: standing.evaluation, candidate: evaluation, base: standing.baseline, concerns: concerns,
            look: number)
    }
}
