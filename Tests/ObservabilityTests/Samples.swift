import Autodidact
import Logging
import Observability
import Synchronization

import struct Foundation.Data

/// Parts that tests of logs and metrics share.
enum Samples {
    static let manifest = RunManifest(
        runID: "20261121-153012-countdown-grpo-s1", recipe: "grpo", task: "countdown", model: "seedling", seed: 1, settings: "{}",
        versions: ["autodidact": "0.1.0"], createdAt: 0)

    static func evaluation(correct: Int, of problems: Int = 10, split: Split = .heldOut, hash: String = "base", judged: Int = 2)
        -> EvaluationResult
    {
        EvaluationResult(
            split: split, samplesPerProblem: 2, temperature: 1, weightsHash: hash,
            outcomes: (0..<problems).map {
                ProblemOutcome(
                    problem: "\(split.rawValue)-\($0)", level: 1, judged: judged, correct: $0 < correct ? judged : 0, greedy: $0 < correct)
            }, tokens: 100, meanTokens: 5, unscorable: 0)
    }

    static func record(
        _ number: Int = 1, _ outcome: GateDecision.Outcome = .promoted, unscorable: Int = 0, alarms: [Alarm] = [],
        pauses: [AlarmPause] = [],
        metrics: [String: Double] = ["reward": 0.25, "train/steps": 12, "train/skipped_steps": 1], reason: String = "better"
    ) throws -> GenerationRecord {
        let (base, candidate) = (evaluation(correct: 2), evaluation(correct: 5, hash: "g\(number)"))
        return GenerationRecord(
            number: number, candidateHash: "g\(number)", incumbentHash: "g\(number)", episodes: 100, correct: 40, unscorable: unscorable,
            tokensSampled: 2000, tokensTrained: 1500, metrics: metrics, evaluation: candidate,
            decision: GateDecision(
                outcome: outcome, reason: reason, comparison: try PairedComparison.between(incumbent: base, candidate: candidate)),
            seconds: PhaseSeconds([.sample: 1.5, .train: 2.25]), alarms: alarms, pauses: pauses)
    }

    static func summary() throws -> RunSummary {
        let (before, after) = (evaluation(correct: 2, split: .sealed), evaluation(correct: 6, split: .sealed, hash: "g1"))
        return RunSummary(
            before: before, after: after, comparison: try PairedComparison.between(incumbent: before, candidate: after), examples: [],
            weightsHash: "g1", seconds: PhaseSeconds([.sample: 3]), wallSeconds: 3)
    }
}

/// A clock that stands still.
struct StoppedClock: WorldClock {
    var seconds = 1_795_000_000.25

    func monotonic() -> Duration { .zero }

    func secondsSince1970() -> Double { seconds }
}

/// The lines of a log, kept in memory.
final class KeptLines: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var sink: LogSink {
        LogSink { [self] data in
            kept.withLock { $0.append(String(decoding: data, as: UTF8.self)) }
        } failed: { _ in
        }
    }

    func logger(_ level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { JSONLogHandler(label: $0, level: level, clock: StoppedClock(), sink: sink) }
    }
}
