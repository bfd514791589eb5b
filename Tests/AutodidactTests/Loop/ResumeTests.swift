import Autodidact
import TestSupport
import Testing

@Suite("A run that was stopped")
struct ResumeTests {
    /// A failure of the policy's making.
    private struct Crash: Error {}

    @Test(
        "ends as if it had not been, whichever ledger call failed, before or after taking effect",
        arguments: 1...5, [false, true]
    )
    func ledgerFailure(call: Int, takesEffect: Bool) async throws {
        let run = TestRun()
        let fault = MemoryLedger.Fault(call: call, takesEffect: takesEffect)
        let ledger = MemoryLedger(fault: fault)
        await #expect(throws: fault) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(try await run.recover(ledger) == run.undisturbed())
    }

    @Test("ends as if it had not been, whichever policy call crashed", arguments: Array(stride(from: 1, to: 90, by: 7)))
    func policyFailure(call: Int) async throws {
        let run = TestRun()
        let calls = Recorder<ScriptedPolicy.Call>()
        let policy = ScriptedPolicy(onCall: { if calls.record($0) == call { throw Crash() } })
        let ledger = MemoryLedger()
        await #expect(throws: Crash.self) { try await run.loop(policy, ledger).run(run.manifest) }
        #expect(try await run.recover(ledger) == run.undisturbed())
    }

    @Test("by cancellation has committed whole generations only and goes on from there", arguments: [3, 12, 40, 75])
    func cancellation(call: Int) async throws {
        let run = TestRun()
        let calls = Recorder<ScriptedPolicy.Call>()
        let policy = ScriptedPolicy(onCall: { if calls.record($0) == call { cancelCurrentTask() } })
        let ledger = MemoryLedger()
        let task = Task { try await run.loop(policy, ledger).run(run.manifest) }
        await #expect(throws: CancellationError.self) { try await task.value }
        let whole = try await run.undisturbed()
        let partial = await RunRemains(ledger)
        #expect(partial.generations == Array(whole.generations.prefix(partial.generations.count)))
        #expect(partial.summary == nil)
        #expect(try await run.recover(ledger) == whole)
    }

    @Test("twice in a row ends as if it had not been")
    func twice() async throws {
        let run = TestRun()
        let ledger = MemoryLedger(fault: .init(call: 2, takesEffect: true))
        await #expect(throws: MemoryLedger.Fault.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        let calls = Recorder<ScriptedPolicy.Call>()
        let policy = ScriptedPolicy(onCall: { if calls.record($0) == 30 { throw Crash() } })
        await #expect(throws: Crash.self) { try await run.loop(policy, ledger).resume() }
        #expect(try await run.recover(ledger) == run.undisturbed())
    }

    @Test("tells drift of lengths against what was committed of the generation before, as if it had not been", arguments: [2, 3])
    func drift(call: Int) async throws {
        let run = TestRun()
        let whole = try await run.undisturbed().generations.map(\.metrics)
        #expect(whole[0]["length/drift"] == nil)
        for (before, after) in zip(whole, whole.dropFirst()) {
            let (earlier, mean) = (try #require(before["length/mean"]), try #require(after["length/mean"]))
            #expect(after["length/drift"] == mean / earlier - 1)
        }
        let ledger = MemoryLedger(fault: .init(call: call, takesEffect: true))
        await #expect(throws: MemoryLedger.Fault.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(try await run.recover(ledger).generations.map(\.metrics) == whole)
    }

    @Test("tells no drift after a generation without episodes, nor in one")
    func noDrift() async throws {
        let imitation = ScriptedRecipe.imitation()
        let run = TestRun(recipe: ScriptedRecipe { if $0.generation != 2 { try await imitation.improve(in: $0) } })
        let metrics = try await run.undisturbed().generations.map(\.metrics)
        #expect(metrics.map { $0["length/mean"] != nil } == [true, false, true])
        #expect(metrics.allSatisfy { $0["length/drift"] == nil })
    }

    @Test("after its last commit goes straight to the sealed problems")
    func committedButNotFinished() async throws {
        let run = TestRun()
        let ledger = MemoryLedger(fault: .init(call: 5, takesEffect: false))
        await #expect(throws: MemoryLedger.Fault.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        let calls = Recorder<ScriptedPolicy.Call>()
        _ = try await run.loop(ScriptedPolicy(onCall: { calls.record($0) }), ledger).resume()
        #expect(calls.values == [.restore, .sample, .sample, .restore, .sample, .sample])
    }

    @Test("after it was finished is not resumed")
    func finished() async throws {
        let run = TestRun(generations: 1)
        let ledger = MemoryLedger()
        _ = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        await #expect(throws: RunLedgerError.alreadyFinished(runID: "run-1")) {
            try await run.loop(ScriptedPolicy(), ledger).resume()
        }
    }
}

private func cancelCurrentTask() {
    unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
}
