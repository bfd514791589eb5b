public import Autodidact
import CoreMetrics
import Texts

/// Turns the events of a loop into metrics.
///
/// Counters are sums over the committed generations of the run, those before a resume included, so they are exact and do not begin
/// anew with the process.
public struct RunMetrics: Sendable {
    private let registry: MetricsRegistry
    private let clock: any WorldClock

    /// Writes into a registry, which must have the definitions of `RunMetric`.
    public init(_ registry: MetricsRegistry, clock: any WorldClock) {
        (self.registry, self.clock) = (registry, clock)
    }

    /// A run is about to begin.
    public func begin(_ manifest: RunManifest, generations: Int) {
        let labels = [
            ("run_id", manifest.runID), ("recipe", manifest.recipe), ("task", manifest.task), ("model", manifest.model),
            ("seed", "\(manifest.seed)"), ("gated", "\(manifest.isGated)"), ("version", manifest.versions["autodidact"] ?? ""),
        ]
        set(.info, 1, labels.map { ($0.0, $0.1.shown) })
        set(.generation, 0)
        set(.generations, Double(generations))
        set(.finished, 0)
        // From the beginning at zero, so that a first increase is seen as one.
        for metric in [
            RunMetric.episodes, .correct, .unscorable, .tokensSampled, .tokensTrained, .steps, .skippedSteps, .promotions, .rollbacks,
        ] {
            add(metric, 0)
        }
        setPauses([])
        touch()
    }

    /// Takes in an event.
    public func receive(_ event: LoopEvent) {
        switch event {
        case .baseline(let result):
            for weights in ["base", "incumbent"] { set(.heldOut, result, weights) }
        case .resumed(let committed, let baseline, let incumbent):
            for record in committed { add(record) }
            set(.generation, Double(committed.count))
            set(.heldOut, baseline, "base")
            set(.heldOut, incumbent, "incumbent")
        case .generationStarted(let number, let total):
            set(.generation, Double(number))
            set(.generations, Double(total))
        case .progress(let phase, let done, let total, let tokens):
            let label = [("phase", phase.rawValue)]
            set(.phaseDone, Double(done), label)
            set(.phasePlanned, Double(total), label)
            set(.phaseTokens, Double(tokens), label)
        case .verdictMissing: break
        case .generationCommitted(let record):
            add(record)
            if record.decision.outcome == .promoted { set(.heldOut, record.evaluation, "incumbent") }
        case .finished(let summary):
            set(.sealed, summary.before, "base")
            set(.sealed, summary.after, "incumbent")
            set(.finished, 1)
        }
        touch()
    }

    private func add(_ record: GenerationRecord) {
        add(.episodes, Double(record.episodes))
        add(.correct, Double(record.correct))
        add(.unscorable, Double(record.unscorable))
        add(.tokensSampled, Double(record.tokensSampled))
        add(.tokensTrained, Double(record.tokensTrained))
        add(.steps, count("train/steps", of: record))
        add(.skippedSteps, count("train/skipped_steps", of: record))
        add(record.decision.outcome == .promoted ? .promotions : .rollbacks, 1)
        for alarm in record.alarms { add(.alarms, 1, [("alarm", alarm.name)]) }
        setPauses(record.pauses)
        for phase in Phase.allCases {
            Recorder(
                label: RunMetric.phaseSeconds.rawValue, dimensions: [("phase", phase.rawValue)], aggregate: true, factory: registry
            ).record(record.seconds[phase])
        }
        for (name, value) in record.metrics { set(.figure, value, [("name", name)]) }
        set(.heldOut, record.evaluation, "candidate")
    }

    /// Every alarm that can pause has a series, so that the end of a pause is seen as one.
    private func setPauses(_ pauses: [AlarmPause]) {
        let standing = Set(pauses.map(\.alarm.name))
        for name in standing.union(AlarmPause.names) { set(.paused, standing.contains(name) ? 1 : 0, [("alarm", name)]) }
    }

    /// A count that a record keeps among its metrics; 0 where it is not there, or is no count.
    private func count(_ name: String, of record: GenerationRecord) -> Double {
        guard let count = record.metrics[name], count.isFinite else { return 0 }
        return max(0, count)
    }

    private func touch() { set(.lastEvent, clock.secondsSince1970()) }

    /// mean@k of an evaluation; NaN where none of its responses could be judged.
    private func set(_ metric: RunMetric, _ result: EvaluationResult, _ weights: String) {
        let isKnown = result.outcomes.contains { $0.judged > 0 }
        set(metric, isKnown ? result.meanAtK().value : .nan, [("weights", weights)])
    }

    private func set(_ metric: RunMetric, _ value: Double, _ labels: [(String, String)] = []) {
        Meter(label: metric.rawValue, dimensions: labels, factory: registry).set(value)
    }

    private func add(_ metric: RunMetric, _ amount: Double, _ labels: [(String, String)] = []) {
        FloatingPointCounter(label: metric.rawValue, dimensions: labels, factory: registry).increment(by: amount)
    }
}
