import Autodidact
import TestSupport
import Testing

@Suite("the line of a run")
struct RunLineTests {
    private func rollback(after: Int, to: Int) -> RunRollback {
        RunRollback(after: after, to: to, fromHash: "", toHash: "", reason: "", at: 0)
    }

    private func line(_ promoted: [Bool], _ rollbacks: [RunRollback] = []) async throws -> RunLine {
        let template = try await TestRun.generationRecord()
        let records = promoted.enumerated().map { index, isPromoted in
            GenerationRecord(
                number: index + 1, candidateHash: "", incumbentHash: "", episodes: 0, correct: 0, unscorable: 0, tokensSampled: 0,
                tokensTrained: 0, metrics: [:], evaluation: template.evaluation,
                decision: GateDecision(
                    outcome: isPromoted ? .promoted : .rolledBack, reason: "", comparison: template.decision.comparison),
                seconds: PhaseSeconds())
        }
        return RunLine(records, rollbacks: rollbacks)
    }
}
