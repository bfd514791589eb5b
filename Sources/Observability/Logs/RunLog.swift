public import Autodidact
public import Logging
import Synchronization

/// The course of a run as log records: one for each event of the loop, with its figures as metadata.
///
/// Messages are few and fixed, so that a log can be searched by them; `docs/METRICS.md` lists them.
public final class RunLog: Sendable {
    private let logger: Logger
    private let generation = Mutex(0)

    /// The log of one run; its name stands in every record.
    public init(_ manifest: RunManifest, logger: Logger) {
        var logger = logger
        logger[metadataKey: "runID"] = "\(manifest.runID)"
        self.logger = logger
    }

    /// The run is composed, its model read, its ledger open.
    public func begin(_ manifest: RunManifest, isResumed: Bool) {
        logger.info(
            "run begins",
            metadata: [
                "recipe": "\(manifest.recipe)", "task": "\(manifest.task)", "model": "\(manifest.model)",
                "seed": .stringConvertible(manifest.seed), "gated": .stringConvertible(manifest.isGated),
                "resumed": .stringConvertible(isResumed), "versions": .dictionary(manifest.versions.mapValues { "\($0)" }),
            ])
    }

    /// Logs an event of the loop.
    public func receive(_ event: LoopEvent) {
        switch event {
        case .baseline(let result): logger.info("base evaluated", metadata: figures(of: result))
        case .resumed(let committed, let baseline, let incumbent):
            generation.withLock { $0 = committed.count }
            logger.notice(
                "run resumed",
                metadata: [
                    "committed": .stringConvertible(committed.count), "baseline": .dictionary(figures(of: baseline)),
                    "incumbent": .dictionary(figures(of: incumbent)),
                ])
        case .generationStarted(let number, let total):
            generation.withLock { $0 = number }
            logger.info(
                "generation begins", metadata: ["generation": .stringConvertible(number), "generations": .stringConvertible(total)])
        case .progress(let phase, let done, let total, let tokens):
            logger.trace(
                "progress",
                metadata: [
                    "generation": .stringConvertible(generation.withLock { $0 }), "phase": "\(phase.rawValue)",
                    "done": .stringConvertible(done), "total": .stringConvertible(total), "tokens": .stringConvertible(tokens),
                ])
        case .verdictMissing(let phase, let cause):
            logger.warning(
                "verdict missing",
                metadata: [
                    "generation": .stringConvertible(generation.withLock { $0 }), "phase": "\(phase.rawValue)", "cause": "\(cause)",
                ])
        case .generationCommitted(let record): log(record)
        case .finished(let summary): log(summary)
        }
    }

    /// The run was stopped at a safe point.
    public func stopped() {
        logger.notice("run stopped", metadata: ["generation": .stringConvertible(generation.withLock { $0 })])
    }

    /// The run failed; `sentence` is what the user is told.
    public func failed(_ sentence: String) {
        logger.error(
            "run failed", metadata: ["generation": .stringConvertible(generation.withLock { $0 }), "error": "\(sentence)"])
    }

    private func log(_ record: GenerationRecord) {
        let number = Logger.MetadataValue.stringConvertible(record.number)
        for alarm in record.alarms {
            logger.warning(
                "alarm",
                metadata: ["generation": number, "alarm": "\(alarm.name)", "finding": "\(alarm.finding)", "advice": "\(alarm.advice)"])
        }
        if record.unscorable > 0 {
            logger.warning(
                "unscorable verdicts",
                metadata: [
                    "generation": number, "unscorable": .stringConvertible(record.unscorable),
                    "episodes": .stringConvertible(record.episodes),
                ])
        }
        logger.debug(
            "metrics", metadata: ["generation": number, "metrics": .dictionary(record.metrics.mapValues { .stringConvertible($0) })])
        logger.info(
            "generation committed",
            metadata: [
                "generation": number, "decision": "\(record.decision.outcome.rawValue)", "reason": "\(record.decision.reason)",
                "episodes": .stringConvertible(record.episodes), "correct": .stringConvertible(record.correct),
                "unscorable": .stringConvertible(record.unscorable), "tokensSampled": .stringConvertible(record.tokensSampled),
                "tokensTrained": .stringConvertible(record.tokensTrained), "candidate": .dictionary(figures(of: record.evaluation)),
                "incumbentHash": "\(record.incumbentHash)", "alarms": .array(record.alarms.map { "\($0.name)" }),
                "pauses": .array(record.pauses.map { "\($0.alarm.name)" }),
                "seconds": seconds(record.seconds),
            ])
    }

    private func log(_ summary: RunSummary) {
        logger.notice(
            "run finished",
            metadata: [
                "before": .dictionary(figures(of: summary.before)), "after": .dictionary(figures(of: summary.after)),
                "difference": .stringConvertible(summary.comparison.meanAtK.value), "pValue": .stringConvertible(summary.comparison.pValue),
                "weightsHash": "\(summary.weightsHash)", "seconds": seconds(summary.seconds),
                "wallSeconds": .stringConvertible(summary.wallSeconds),
            ])
    }

    private func figures(of result: EvaluationResult) -> Logger.Metadata {
        [
            "split": "\(result.split.rawValue)", "problems": .stringConvertible(result.outcomes.count),
            "samplesPerProblem": .stringConvertible(result.samplesPerProblem),
            "meanAtK": .stringConvertible(result.meanAtK().value), "unscorable": .stringConvertible(result.unscorable),
            "weightsHash": "\(result.weightsHash)",
        ]
    }

    private func seconds(_ spent: PhaseSeconds) -> Logger.MetadataValue {
        .dictionary(Dictionary(uniqueKeysWithValues: spent.seconds.map { ($0.rawValue, .stringConvertible($1)) }))
    }
}
