import TestSupport
import Testing

@testable import Autodidact

@Suite("The rules of the gate have a version")
struct GateRulesTests {
    private static func manifest(versions: [String: String], isGated: Bool = true) -> RunManifest {
        let plain = TestRun().manifest
        return RunManifest(
            runID: plain.runID, recipe: plain.recipe, task: plain.task, model: plain.model, seed: plain.seed, settings: plain.settings,
            versions: versions, createdAt: 0, isGated: isGated)
    }

    @Test("a run records them when it begins, beside the versions that it was given")
    func recorded() async throws {
        let (run, ledger) = (TestRun(), MemoryLedger(fault: .init(call: 2, takesEffect: false)))
        let manifest = Self.manifest(versions: ["engine": "1"])
        await #expect(throws: MemoryLedger.Fault.self) { try await run.loop(ScriptedPolicy(), ledger).run(manifest) }
        #expect(try await ledger.resumePoint().manifest.versions == ["engine": "1", "gate": GateRules.version])
        _ = try await run.loop(ScriptedPolicy(), ledger).resume()
    }

    /// Whoever changes this text has changed the rules, and raises `GateRules.version` in the same commit.
    @Test("this version decides as it always did")
    func decisions() throws {
        #expect(GateRules.version == "1")
        let looks = [1, 2, 10], shifts = [-0.06, 0, 0.02, 0.04, 0.06]
        let decided = try shifts.map { shift in
            try (1...4).flatMap { seed in
                let (before, after) = GateTests.evaluations(shift: shift, seed: seed)
                return try looks.map { try Gate().decide(incumbent: before, candidate: after, look: $0).outcome == .promoted ? "+" : "-" }
            }.joined()
        }
        #expect(decided == ["------------", "------------", "---+--++----", "++-++++++++-", "++++++++++++"])
    }

    @Test("a run that began under others is refused, with both versions and the remedy, before any work")
    func refused() async throws {
        let (run, policy, ledger) = (TestRun(), ScriptedPolicy(), MemoryLedger())
        try await ledger.begin(
            Self.manifest(versions: ["gate": "0"]), base: try await policy.snapshot(), baseline: Evaluations.make(correct: [1]),
            spent: RunExpense())
        let error = LoopError.gateRulesDiffer(run: "run-1", recorded: "0", known: GateRules.version)
        await #expect(throws: error) { try await run.loop(policy, ledger).resume() }
        for word in ["run-1", "version 0", "version \(GateRules.version)", "finish it with", "start a new run"] {
            #expect(error.description.contains(word))
        }
    }

    @Test("a run from before versions were recorded goes on under the first; one without a gate under any")
    func unrecorded() throws {
        #expect(Self.manifest(versions: [:]).gateRules == "1")
        try Self.manifest(versions: ["gate": "0"], isGated: false).checkGateRules()
        #expect(throws: LoopError.self) { try Self.manifest(versions: ["gate": "0"]).checkGateRules() }
    }
}
