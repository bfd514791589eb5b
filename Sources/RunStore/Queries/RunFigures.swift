public import Autodidact

/// What is said of an evaluation in one line of a list.
///
/// Without intervals: a claim needs the whole evaluation.
public struct HeadlineFigures: Sendable, Hashable, Codable {
    /// Problems evaluated.
    public let n: Int
    /// Mean over problems of the share of correct samples; nil where no sample could be judged.
    public let meanAtK: Double?
    /// Share of problems whose greedy response was correct; nil where none could be judged.
    public let greedy: Double?

    /// The headline of an evaluation; what could not be judged is left out.
    public init(_ evaluation: EvaluationResult) {
        n = evaluation.outcomes.count
        meanAtK = Self.mean(evaluation.outcomes.filter { $0.judged > 0 }.map { Double($0.correct) / Double($0.judged) })
        greedy = Self.mean(evaluation.outcomes.compactMap(\.greedy).map { $0 ? 1 : 0 })
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}

/// The headlines of a run.
public struct RunFigures: Sendable, Hashable, Codable {
    /// The base on the held-out problems.
    public let baseline: HeadlineFigures
    /// The current incumbent on them.
    public internal(set) var incumbent: HeadlineFigures
    /// The last candidate on them, promoted or not.
    public internal(set) var last: HeadlineFigures?
    /// How many candidates were promoted.
    public internal(set) var promotions: Int
    /// The base on the sealed problems, once the run is finished.
    public internal(set) var before: HeadlineFigures?
    /// The final incumbent on them.
    public internal(set) var after: HeadlineFigures?
    /// The generation that the last rollback by hand went back to; nil where there was none, where a candidate was promoted since, or
    /// where the incumbent is the one of the sealed result.
    public internal(set) var rolledBackTo: Int?

    init(baseline: HeadlineFigures) {
        self.baseline = baseline
        incumbent = baseline
        promotions = 0
    }

    /// What the figures of a run must be, from all of its records.
    init(
        baseline: EvaluationResult, records: [GenerationRecord], rollbacks: [RunRollback], summary: RunSummary?, incumbentHash: String
    ) {
        self.init(baseline: HeadlineFigures(baseline))
        let ends = RunLine.lines(records, rollbacks: rollbacks).ends
        func goBack(after number: Int) {
            for rollback in rollbacks where rollback.after == number {
                let made = ends[rollback.to].incumbent
                rollBack(to: rollback.to, incumbent: made == 0 ? baseline : records[made - 1].evaluation)
            }
        }
        goBack(after: 0)
        for record in records {
            add(record)
            goBack(after: record.number)
        }
        guard let summary else { return }
        before = HeadlineFigures(summary.before)
        after = HeadlineFigures(summary.after)
        if summary.weightsHash == incumbentHash { rolledBackTo = nil }
    }

    /// Takes the sealed result, which is that of the incumbent, into account.
    mutating func finish(_ summary: RunSummary) {
        before = HeadlineFigures(summary.before)
        after = HeadlineFigures(summary.after)
        rolledBackTo = nil
    }

    /// Takes a rollback by hand into account; `evaluation` is that of the incumbent that stands again, which may be the one that the
    /// sealed result is of.
    mutating func rollBack(to generation: Int, incumbent evaluation: EvaluationResult, isSealed: Bool = false) {
        incumbent = HeadlineFigures(evaluation)
        rolledBackTo = isSealed ? nil : generation
    }

    /// Takes a committed generation into account.
    mutating func add(_ generation: GenerationRecord) {
        last = HeadlineFigures(generation.evaluation)
        if generation.decision.outcome == .promoted {
            incumbent = HeadlineFigures(generation.evaluation)
            promotions += 1
            rolledBackTo = nil
        }
    }
}
