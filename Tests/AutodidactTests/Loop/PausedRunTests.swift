import Autodidact
import TestSupport
import Testing

@Suite("A run that an alarm pauses")
struct PausedRunTests {
    /// What a generation began with, and the earlier episodes that were there for it.
    private struct Beginning: Sendable {
        let snapshot: PolicySnapshot
        let earlier: [Episode]
    }

    /// Imitation that learns well, one of whose generations looks as if a third of its responses repeated themselves.
    private static func recipe(
        alarmIn planted: Int?, _ policy: ScriptedPolicy = ScriptedPolicy(), _ beginnings: Recorder<Beginning> = Recorder()
    ) -> ScriptedRecipe {
        let imitation = ScriptedRecipe.imitation(learningRate: 0.3)
        return ScriptedRecipe { workshop in
            let earlier = try await workshop.pastEpisodes(.accumulated)
            beginnings.record(Beginning(snapshot: try await policy.snapshot(), earlier: earlier))
            try await imitation.improve(in: workshop)
            guard workshop.generation == planted else { return }
            for _ in 0..<160 { await workshop.record("completions/repetition", 1) }
        }
    }

    @Test("goes on from the incumbent, bit for bit, and nothing of what rang is learned from or a measure")
    func nothingLeft() async throws {
        let (policy, beginnings, ledger) = (ScriptedPolicy(), Recorder<Beginning>(), MemoryLedger())
        let base = try await policy.snapshot()
        let run = TestRun(recipe: Self.recipe(alarmIn: 1, policy, beginnings), generations: 4)
        _ = try await run.loop(policy, ledger).run(run.manifest)
        let records = await ledger.generations
        #expect(records[0].decision.reason.hasPrefix("paused by alarm 'repetition'"))
        #expect(records[0].decision.checks.last?.isPassed == true && records[0].candidateHash != base.weightsHash)
        #expect(records.prefix(3).map(\.isQuarantined) == [true, true, false])
        #expect(beginnings.values.prefix(3).allSatisfy { $0.snapshot == base }, "weights and optimiser")
        #expect(beginnings.values.prefix(3).allSatisfy { $0.earlier.isEmpty })
        #expect(await ledger.episodes[0].count == 320, "they stay in the record")
        #expect(records.map { $0.metrics["length/drift"] != nil } == [false, false, true, true], "what only a pause refused is a measure")
        #expect(beginnings.values[3].snapshot.weightsHash == records[2].candidateHash)
        #expect(await beginnings.values[3].earlier == ledger.episodes[2])
    }

    @Test("is not promoted until its signal was healthy twice, and says why meanwhile")
    func pause() async throws {
        let records = try await TestRun(recipe: Self.recipe(alarmIn: 1)).undisturbed().generations
        #expect(records.map(\.decision.outcome) == [.rolledBack, .rolledBack, .promoted])
        #expect(records.map { $0.alarms.map(\.name) } == [["repetition"], [], []])
        #expect(records.map { $0.pauses.map(\.healthy) } == [[0], [1], []])
        #expect(records[1].decision.reason.hasPrefix("still paused by alarm 'repetition' of generation 1, healthy in 1 of 2 generations"))
        #expect(records[1].decision.reason.contains(records[0].alarms[0].advice))
    }

    @Test("ends as if it had not been stopped, wherever that was", arguments: 1...5, [false, true])
    func stopped(call: Int, takesEffect: Bool) async throws {
        let run = TestRun(recipe: Self.recipe(alarmIn: 1))
        let fault = MemoryLedger.Fault(call: call, takesEffect: takesEffect)
        let ledger = MemoryLedger(fault: fault)
        await #expect(throws: fault) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(try await run.recover(ledger) == run.undisturbed())
    }

    @Test("holds each audit by the base against the first, which a refusal for safety does not move")
    func firstAudit() async throws {
        let run = TestRun(
            recipe: Self.recipe(alarmIn: 1),
            change: {
                $0.audit.judge = .base
                $0.audit.share = 0.5
            })
        let ledger = MemoryLedger()
        _ = try await run.loop(ScriptedPolicy(contextLength: 512, readsAnyText: true), ledger).run(run.manifest)
        let records = await ledger.generations
        let first = try #require(records.first?.audit)
        #expect(records[0].isQuarantined && first.audited > 0 && records.count == 3)
        #expect(records.allSatisfy { $0.audit?.allowed == first.allowed })
    }

    @Test("that is healthy is not paused, and learns from all it has, what was rolled back included")
    func healthy() async throws {
        let beginnings = Recorder<Beginning>()
        let records = try await TestRun(recipe: Self.recipe(alarmIn: nil, ScriptedPolicy(), beginnings)).undisturbed().generations
        #expect(records.allSatisfy { $0.pauses.isEmpty && !$0.isQuarantined } && records[0].decision.outcome == .promoted)
        #expect(beginnings.values.map(\.earlier.count) == [0, 320, 640])
    }

    @Test("without a gate goes on with what it kept, and where alarms are only told as if none had rung")
    func notPaused() async throws {
        for change: @Sendable (inout RunSettings) -> Void in [{ $0.gate.enabled = false }, { $0.safety.pauses = false }] {
            let beginnings = Recorder<Beginning>()
            let run = TestRun(recipe: Self.recipe(alarmIn: 1, ScriptedPolicy(), beginnings), generations: 2, change: change)
            let records = try await run.undisturbed().generations
            #expect(records[0].alarms.map(\.name) == ["repetition"] && records[0].decision.outcome == .promoted)
            #expect(records.allSatisfy { $0.pauses.isEmpty && !$0.decision.reason.contains("still paused") })
            #expect(!records[0].isQuarantined && beginnings.values.map(\.earlier.count) == [0, 320])
        }
    }
}
