extension GenerationRecord {
    /// Whether it failed a question of safety and was rolled back.
    ///
    /// Then later generations inherit nothing of it: neither weights nor optimiser, as of every candidate that is rolled back, nor its
    /// episodes in a pool, nor its figures as what theirs are held against. What a run without a gate keeps is never quarantined.
    public var isQuarantined: Bool {
        decision.outcome == .rolledBack && decision.checks.contains { $0.stage == .safety && !$0.isPassed }
    }
}
