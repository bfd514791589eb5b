import Autodidact
import Foundation
import Logging
import Observability
import Testing

@Suite("The log of a run")
struct RunLogTests {
    private func records(_ level: Logger.Level = .trace, _ work: (RunLog) throws -> Void) throws -> [[String: Any]] {
        let kept = KeptLines()
        try work(RunLog(Samples.manifest, logger: kept.logger(level)))
        return try kept.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)") }
    }

    @Test("has a record for each event, all with the run's name")
    func course() throws {
        let events: [LoopEvent] = [
            .baseline(Samples.evaluation(correct: 2)), .generationStarted(number: 1, of: 2),
            .progress(phase: .sample, done: 5, total: 10, tokens: 50), .generationCommitted(try Samples.record()),
            .finished(try Samples.summary()),
        ]
        let records = try records { log in
            log.begin(Samples.manifest, isResumed: false)
            for event in events { log.receive(event) }
        }
        #expect(
            records.map { $0["message"] as? String } == [
                "run begins", "base evaluated", "generation begins", "progress", "metrics", "generation committed", "run finished",
            ])
        #expect(records.allSatisfy { ($0["metadata"] as? [String: Any])?["runID"] as? String == Samples.manifest.runID })
        let progress = try #require(records[3]["metadata"] as? [String: Any])
        #expect(progress["generation"] as? Int == 1 && progress["phase"] as? String == "sample" && progress["done"] as? Int == 5)
        let committed = try #require(records[5]["metadata"] as? [String: Any])
        #expect(committed["decision"] as? String == "promoted" && committed["reason"] as? String == "better")
        #expect(committed["episodes"] as? Int == 100 && committed["tokensSampled"] as? Int == 2000)
        #expect(committed["pauses"] as? [String] == [])
        #expect((committed["seconds"] as? [String: Double]) == ["sample": 1.5, "train": 2.25])
        #expect((committed["candidate"] as? [String: Any])?["meanAtK"] as? Double == 0.5)
    }

    @Test("names the alarms that keep promotion paused")
    func paused() throws {
        let pause = AlarmPause(alarm: Alarm(name: "audit", finding: "", advice: ""), since: 1)
        let records = try records(.info) { $0.receive(.generationCommitted(try Samples.record(2, .rolledBack, pauses: [pause]))) }
        #expect((records.last?["metadata"] as? [String: Any])?["pauses"] as? [String] == ["audit"])
    }

    @Test("warns of alarms and of verdicts that are missing")
    func warnings() throws {
        let alarm = Alarm(name: "reward-hacking", finding: "up and down", advice: "look")
        let records = try records(.warning) {
            $0.receive(.generationCommitted(try Samples.record(3, .rolledBack, unscorable: 2, alarms: [alarm])))
        }
        #expect(records.map { $0["message"] as? String } == ["alarm", "unscorable verdicts"])
        #expect((records[0]["metadata"] as? [String: Any])?["alarm"] as? String == "reward-hacking")
        #expect((records[1]["metadata"] as? [String: Any])?["unscorable"] as? Int == 2)
    }

    @Test("warns of the first verdict that is missing, with its cause, as it happens")
    func verdictMissing() throws {
        let records = try records(.warning) { log in
            log.receive(.generationStarted(number: 2, of: 3))
            log.receive(.verdictMissing(phase: .verify, cause: "check.py ended with code 1"))
        }
        #expect(records.map { $0["message"] as? String } == ["verdict missing"])
        let metadata = try #require(records.first?["metadata"] as? [String: Any])
        #expect(metadata["generation"] as? Int == 2 && metadata["phase"] as? String == "verify")
        #expect(metadata["cause"] as? String == "check.py ended with code 1")
    }

    @Test("says where a run was resumed, stopped or failed")
    func ends() throws {
        let base = Samples.evaluation(correct: 2)
        let records = try records(.notice) {
            $0.receive(.resumed(committed: [try Samples.record()], baseline: base, incumbent: base))
            $0.stopped()
            $0.failed("no space\nleft")
        }
        #expect(records.map { $0["message"] as? String } == ["run resumed", "run stopped", "run failed"])
        #expect(records.map { $0["level"] as? String } == ["notice", "notice", "error"])
        #expect((records[1]["metadata"] as? [String: Any])?["generation"] as? Int == 1)
        #expect((records[2]["metadata"] as? [String: Any])?["error"] as? String == "no space\u{FFFD}left")
    }
}
