import Autodidact
import Foundation
import TestSupport
import Testing

@Suite("The time of a run")
struct RunTimeTests {
    /// What takes how long in this suite, in seconds; powers of two, so that sums are exact.
    private enum Cost {
        static let sample = 2.0
        static let verdict = 0.125
        static let learning = 1.0
        static let state = 0.5
        static let ledger = 0.25
    }

    /// A run in which every kind of work takes a known time.
    private struct Timed {
        let clock = ManualClock()
        let calls = Recorder<ScriptedPolicy.Call>()
        let verdicts = Recorder<Split>()
        let ledger: MemoryLedger
        let run: TestRun

        init(fault: MemoryLedger.Fault? = nil) {
            ledger = MemoryLedger(fault: fault, onCall: { [clock] in clock.advance(by: .seconds(Cost.ledger)) })
            let task = LetterTask(onVerdict: { [clock, verdicts] problem in
                clock.advance(by: .seconds(Cost.verdict))
                verdicts.record(problem.split)
                return nil
            })
            run = TestRun(task: task, generations: 2, clock: clock)
        }

        var policy: ScriptedPolicy {
            ScriptedPolicy(onCall: { [clock, calls] call in
                calls.record(call)
                switch call {
                case .sample, .logprobs: clock.advance(by: .seconds(Cost.sample))
                case .accumulate, .step, .freeze: clock.advance(by: .seconds(Cost.learning))
                case .snapshot, .restore: clock.advance(by: .seconds(Cost.state))
                }
            })
        }
    }

    @Test("is attributed to phases without a gap")
    func addsUp() async throws {
        let timed = Timed()
        let summary = try await timed.run.loop(timed.policy, timed.ledger).run(timed.run.manifest)
        let trainVerdicts = Double(timed.verdicts.values.count { $0 == .train })
        let otherVerdicts = Double(timed.verdicts.values.count) - trainVerdicts
        let learning = Double(timed.calls.values.count { $0 == .accumulate || $0 == .step })
        let states = Double(timed.calls.values.count { $0 == .snapshot || $0 == .restore })
        let samples = Double(timed.calls.values.count { $0 == .sample })
        let scores = Double(timed.calls.values.count { $0 == .logprobs })
        let trainSamples = 4.0

        #expect(summary.seconds[.sample] == trainSamples * Cost.sample)
        #expect(summary.seconds[.verify] == trainVerdicts * Cost.verdict)
        #expect(summary.seconds[.train] == learning * Cost.learning)
        #expect(summary.seconds[.evaluate] == (samples + scores - trainSamples) * Cost.sample + otherVerdicts * Cost.verdict)
        #expect(summary.seconds[.write] == states * Cost.state + 3 * Cost.ledger)
        #expect(summary.seconds.total == summary.wallSeconds)
    }

    @Test("goes on after a resume from what was committed")
    func carried() async throws {
        let timed = Timed(fault: .init(call: 3, takesEffect: true))
        await #expect(throws: MemoryLedger.Fault.self) {
            try await timed.run.loop(timed.policy, timed.ledger).run(timed.run.manifest)
        }
        let committed = try await timed.ledger.resumePoint().spent
        let before = timed.clock.secondsSince1970()
        let summary = try await timed.run.loop(timed.policy, timed.ledger).resume()
        #expect(committed.wall > 0 && committed.seconds.total == committed.wall)
        let finishing = Cost.ledger
        #expect(summary.wallSeconds == committed.wall + timed.clock.secondsSince1970() - before - finishing)
        #expect(summary.seconds.total == summary.wallSeconds)
    }

    @Test("is written with the phases' names")
    func coding() throws {
        let seconds = PhaseSeconds([.sample: 1.5])
        let text = String(decoding: try JSONEncoder().encode(seconds), as: UTF8.self)
        #expect(text == #"{"seconds":{"sample":1.5}}"#)
        #expect(try JSONDecoder().decode(PhaseSeconds.self, from: Data(text.utf8)) == seconds)
    }

    @Test("of a generation is what it took itself")
    func perGeneration() async throws {
        let timed = Timed()
        _ = try await timed.run.loop(timed.policy, timed.ledger).run(timed.run.manifest)
        for record in await timed.ledger.generations {
            #expect(record.seconds[.sample] == 2 * Cost.sample)
            // The incumbent restored, the candidate saved; the base restored to measure the distance from it, and the candidate again.
            #expect(record.seconds[.write] == 4 * Cost.state)
        }
    }
}
