import Testing

@testable import Autodidact

@Suite("Which generation is a measure for later ones")
struct MeasureTests {
    private static func record(_ failed: [GateCheck.Stage], pauses: [AlarmPause] = [], audit: AuditResult? = nil) throws -> GenerationRecord
    {
        let evaluation = AlarmTests.evaluation(0.2)
        let checks = failed.map { GateCheck(stage: $0, name: "repetition", isPassed: false, finding: "f") }
        return GenerationRecord(
            number: 3, candidateHash: "c", incumbentHash: "i", episodes: 1, correct: 0, unscorable: 0, tokensSampled: 1, tokensTrained: 1,
            metrics: ["reward": 1], evaluation: evaluation,
            decision: GateDecision(
                outcome: failed.isEmpty ? .promoted : .rolledBack, reason: "r",
                comparison: try PairedComparison.between(incumbent: evaluation, candidate: evaluation), checks: checks),
            seconds: PhaseSeconds(), pauses: pauses, audit: audit)
    }

    private static func pause(since: Int, healthy: Int) -> AlarmPause {
        AlarmPause(alarm: Alarm(name: "repetition", finding: "f", advice: "a"), since: since, healthy: healthy)
    }

    @Test("one that passed what was asked for safety is")
    func passed() throws {
        #expect(try Self.record([]).isMeasure(after: []) && Self.record([.target, .retention]).isMeasure(after: []))
        #expect(try !Self.record([.safety]).isMeasure(after: []))
    }

    @Test("one that only an older pause refused is, where its signal was healthy in it")
    func paused() throws {
        let before = [Self.pause(since: 1, healthy: 0)]
        #expect(try Self.record([.safety], pauses: [Self.pause(since: 1, healthy: 1)]).isMeasure(after: before))
        #expect(try !Self.record([.safety], pauses: before).isMeasure(after: before), "not read")
        #expect(try !Self.record([.safety], pauses: [Self.pause(since: 3, healthy: 0)]).isMeasure(after: before), "rang again")
    }

    @Test("one that failed by itself as well is not, even where a probe and a pause have one name")
    func both() throws {
        let record = try Self.record([.safety, .safety], pauses: [Self.pause(since: 1, healthy: 1)])
        #expect(!record.isMeasure(after: [Self.pause(since: 1, healthy: 0)]))
    }

    @Test("a standing keeps the figures of the first and of the last measure")
    func standing() throws {
        let evaluation = AlarmTests.evaluation(0.2)
        var standing = RunStanding(base: PolicySnapshot(weights: [1], optimizer: []), baseline: evaluation)
        standing.add(try Self.record([.safety], pauses: [Self.pause(since: 3, healthy: 0)]))
        #expect(standing.metrics.isEmpty && standing.firstMetrics.isEmpty && standing.pauses.count == 1)
        standing.add(try Self.record([.target]))
        #expect(standing.metrics == ["reward": 1] && standing.firstMetrics == standing.metrics)
    }

    @Test("a standing keeps the first audit, whatever became of its generation")
    func audit() throws {
        func audit(_ rejected: Int) -> AuditResult {
            AuditResult(auditor: "base", accepted: 9, audited: 9, rejected: rejected, unscorable: 0, allowed: 0.5)
        }
        var standing = RunStanding(base: PolicySnapshot(weights: [1], optimizer: []), baseline: AlarmTests.evaluation(0.2))
        standing.add(try Self.record([.safety], audit: audit(1)))
        standing.add(try Self.record([], audit: audit(2)))
        #expect(standing.firstAudit == audit(1))
    }
}
