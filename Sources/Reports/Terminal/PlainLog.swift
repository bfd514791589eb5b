public import Autodidact

/// The course of a run as plain lines, for files, pipes and terminals that cannot redraw: one line for each event worth one.
public struct PlainLog: Sendable {
    private let started: Duration
    private var generation = 0
    private var hasReportedSampling = false
    private var sampled: (done: Int, tokens: Int)?

    /// A log that starts at `now`.
    public init(at now: Duration) {
        started = now
    }

    /// The line that an event is worth, without a line end; nil for most progress.
    public mutating func line(for event: LoopEvent, at now: Duration) -> String? {
        text(for: event).map { visibleLine("[\(Figures.seconds((now - started) / .seconds(1)))] \($0)") }
    }

    private mutating func text(for event: LoopEvent) -> String? {
        switch event {
        case .baseline(let result):
            return "base on \(counted(result.outcomes.count, "held-out problem")): \(accuracy(result))"
        case .resumed(let records, let base, let incumbent):
            return "resumed after \(counted(records.count, "committed generation")); base on held-out problems: \(accuracy(base))"
                + (incumbent == base ? "" : ", incumbent: \(accuracy(incumbent))")
        case .generationStarted(let number, let of):
            (generation, hasReportedSampling, sampled) = (number, false, nil)
            return "generation \(number) of \(of)"
        case .progress(let phase, let done, let total, let tokens):
            return samplingDone(phase, done: done, total: total, tokens: tokens)
        case .verdictMissing: return nil
        case .generationCommitted(let record):
            // An alarm that paused the promotion is in the reason already.
            let told = record.alarms.filter { !record.decision.reason.contains($0.finding) }.map { "; alarm '\($0.name)': \($0.sentence)" }
            return "generation \(record.number) \(record.decision.outcome.rawValue): \(record.decision.explanation)" + told.joined()
        case .finished(let summary):
            let difference = summary.comparison.meanAtK
            return "finished: sealed problems \(accuracy(summary.before)) → \(accuracy(summary.after)), difference "
                + "\(Figures.signed(difference.value)) points \(Figures.interval(difference)), "
                + "\(Figures.pEquals(summary.comparison.pValue)), n = \(summary.comparison.n)"
        }
    }

    /// Sampling is done when all that was planned is there, or when something else begins.
    private mutating func samplingDone(_ phase: Phase, done: Int, total: Int, tokens: Int) -> String? {
        if phase == .sample { sampled = (done, tokens) }
        guard let sampled, generation > 0, !hasReportedSampling, phase != .sample || done >= total else { return nil }
        hasReportedSampling = true
        return "generation \(generation) drew its first \(counted(sampled.done, "sample")), \(Figures.count(sampled.tokens)) tokens"
    }

    private func accuracy(_ result: EvaluationResult) -> String {
        let estimate = result.meanAtK()
        return "mean@\(result.samplesPerProblem) \(Figures.percent(estimate.value)) \(Figures.interval(estimate))"
    }
}
