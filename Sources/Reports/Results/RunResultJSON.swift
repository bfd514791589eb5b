public import Autodidact

/// What `autodidact run --json` prints.
///
/// Scripts rely on the names; others may be added.
public struct RunResultJSON: Sendable, Hashable, Codable {
    /// The three figures of one side, as shares.
    public struct Side: Sendable, Hashable, Codable {
        /// The mean share of correct samples.
        public let meanAtK: Double
        /// The chance that at least one of k samples is correct.
        public let passAtK: Double
        /// The share of problems whose greedy response is correct.
        public let greedy: Double
    }

    /// A difference of shares with its 95 % interval.
    public struct Difference: Sendable, Hashable, Codable {
        /// The mean paired difference.
        public let estimate: Double
        /// The interval's lower end.
        public let low: Double
        /// The interval's upper end.
        public let high: Double

        /// The difference in mean@k of a comparison.
        public init(_ comparison: PairedComparison) {
            (estimate, low, high) = (comparison.meanAtK.value, comparison.meanAtK.low, comparison.meanAtK.high)
        }
    }

    /// Wall time and its phases.
    public struct Seconds: Sendable, Hashable, Codable {
        /// Wall time of the whole run.
        public let total: Double
        /// Drawing tokens for training.
        public let sample: Double
        /// Judging responses.
        public let verify: Double
        /// Gradients and optimiser steps.
        public let train: Double
        /// Held-out and sealed evaluation.
        public let evaluate: Double
        /// Snapshots and the run store.
        public let write: Double
    }

    /// The run's name.
    public let runID: String
    /// The recipe's slug.
    public let recipe: String
    /// The task's slug.
    public let task: String
    /// The run's seed.
    public let seed: UInt64
    /// Samples for each problem.
    public let k: Int
    /// Sealed problems compared.
    public let n: Int
    /// The base model.
    public let before: Side
    /// The final incumbent.
    public let after: Side
    /// The paired difference of mean@k.
    public let difference: Difference
    /// Two-sided, of that difference.
    public let pValue: Double
    /// Exact two-sided McNemar p-value of the greedy answers.
    public let mcNemar: Double
    /// Problems whose greedy answer became correct.
    public let won: Int
    /// Problems whose greedy answer became wrong.
    public let lost: Int
    /// Candidates that replaced the incumbent.
    public let promotions: Int
    /// Candidates that were discarded.
    public let rollbacks: Int
    /// Whether a gate decided what is kept.
    public let gated: Bool
    /// What surrounded the programs of the policy; absent where it wrote none.
    public let confinement: Confinement?
    /// What rang, in order.
    public let alarms: [RungAlarm]
    /// The pauses of promotion that each generation left, in order; none without a gate.
    public let pauses: [StandingPause]
    /// Every question that a candidate did not pass, in order.
    public let refusals: [Check]
    /// The audits of the generations that had one, in order.
    public let audits: [AuditResult]
    /// Tokens sampled for training.
    public let tokensSampled: Int
    /// Tokens that passed through the trainer.
    public let tokensTrained: Int
    /// Where the time went.
    public let seconds: Seconds
    /// The adapter that was trained; absent where all weights were.
    public let adapter: AdapterSettings?
    /// SHA-256 of the final incumbent's weights, the adapter's where one was trained.
    public let weightsHash: String
    /// The path of the HTML report.
    public let report: String

    /// The result of a finished run.
    public init(summary: RunSummary, records: [GenerationRecord], manifest: RunManifest, report: String) {
        let comparison = summary.comparison
        runID = manifest.runID
        recipe = manifest.recipe
        task = manifest.task
        seed = manifest.seed
        k = summary.after.samplesPerProblem
        n = comparison.n
        before = Side(Scores(summary.before))
        after = Side(Scores(summary.after))
        difference = Difference(comparison)
        pValue = comparison.pValue
        mcNemar = comparison.mcNemarP
        won = comparison.won
        lost = comparison.lost
        promotions = records.count { $0.decision.outcome == .promoted }
        rollbacks = records.count { $0.decision.outcome == .rolledBack }
        gated = manifest.isGated
        confinement = manifest.confinement
        alarms = records.flatMap { record in
            record.alarms.map { RungAlarm(generation: record.number, name: $0.name, finding: $0.finding, advice: $0.advice) }
        }
        pauses = records.filter { _ in manifest.isGated }.flatMap { record in
            record.pauses.map {
                StandingPause(generation: record.number, name: $0.alarm.name, since: $0.since, healthy: $0.healthy)
            }
        }
        refusals = records.flatMap { record in
            record.decision.checks.filter { !$0.isPassed }.map { Check(generation: record.number, check: $0) }
        }
        audits = records.compactMap(\.audit)
        tokensSampled = records.reduce(0) { $0 + $1.tokensSampled }
        tokensTrained = records.reduce(0) { $0 + $1.tokensTrained }
        seconds = Seconds(summary)
        adapter = manifest.adapter
        weightsHash = summary.weightsHash
        self.report = report
    }
}
