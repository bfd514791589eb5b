extension GenerationRecord {
    /// Whether it failed a question of safety and was rolled back.
    ///
    /// Then later generations inherit nothing of it: neither weights nor optimiser, as of every candidate that is rolled back, nor its
    /// episodes in a pool; its figures as a measure only by `isMeasure`. What a run without a gate keeps is never quarantined.
    public var isQuarantined: Bool {
        decision.outcome == .rolledBack && decision.checks.contains { $0.stage == .safety && !$0.isPassed }
    }

    /// Whether the figures of later generations may be held against its own, given the pauses that stood before it.
    ///
    /// A refusal by an older pause alone says nothing against them, and without them the signal that the pause waits for could not be
    /// read. They are no measure where a question about the generation itself failed, or where the signal of a pause was not seen healthy
    /// in it, as they may then be hacked still.
    func isMeasure(after standing: [AlarmPause]) -> Bool {
        guard isQuarantined else { return true }
        let older = pauses.filter { $0.since < number }
        // Each of them has failed one question.
        guard decision.checks.count(where: { $0.stage == .safety && !$0.isPassed }) == older.count else { return false }
        return older.allSatisfy { pause in
            standing.contains { $0.alarm.name == pause.alarm.name && $0.healthy < pause.healthy }
        }
    }
}
