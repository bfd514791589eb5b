import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("A run that is watched")
struct SafeRunTests {
    private static let contrary = ProtectedSkill(name: "contrary", family: ContraryTask())

    @Test("a protected task that would be forgotten refuses what the target would promote")
    func forgetting() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(recipe: ScriptedRecipe.imitation(learningRate: 0.3), generations: 2, protecting: [Self.contrary])
        let summary = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        let records = await ledger.generations
        #expect(records.allSatisfy { $0.decision.outcome == .rolledBack && $0.evaluation.skills.map(\.name) == ["contrary"] })
        #expect(records[0].decision.reason.hasPrefix("loses protected task 'contrary': mean@4 "))
        #expect(records[0].decision.checks.last?.isPassed == true, "the target alone would have promoted it")
        #expect(summary.weightsHash == summary.before.weightsHash)
    }

    @Test("a protected task that is kept refuses nothing, and a stopped run ends as if it had not been", arguments: 1...5)
    func keeping(call: Int) async throws {
        let other = ProtectedSkill(name: "letter:2", family: LetterTask(), levels: [2])
        let run = TestRun(protecting: [other])
        let whole = try await run.undisturbed()
        #expect(whole.generations.contains { $0.decision.outcome == .promoted })
        #expect(whole.generations.allSatisfy { $0.evaluation.skills[0].result.outcomes.count == 40 })
        let ledger = MemoryLedger(fault: MemoryLedger.Fault(call: call, takesEffect: true))
        await #expect(throws: MemoryLedger.Fault.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(try await run.recover(ledger) == whole)
    }

    @Test("what a protected task is tested with is never trained on")
    func guarded() async throws {
        let letters = ProtectedSkill(name: "letter:2", family: LetterTask(), levels: [2])
        let recipe = ScriptedRecipe { workshop in
            let problem = try await workshop.problems(1)[0]
            var heldOut = LetterTask().problems(.heldOut, levels: [2], key: .evaluation)
            let planted = heldOut.next(1)[0]
            let sequence = TrainingSequence(
                context: try workshop.policy.encode(planted.prompt), targets: try workshop.policy.encode(planted.reference))
            try await workshop.step(
                on: [TrainingExample(question: problem.question, sequence: sequence)], objective: SupervisedFineTuning(),
                optimizer: OptimizerParameters(learningRate: 0.1))
        }
        let run = TestRun(recipe: recipe, protecting: [letters])
        await #expect(throws: WorkshopError.self) { try await run.loop(ScriptedPolicy(), MemoryLedger()).run(run.manifest) }
        let unprotected = TestRun(recipe: recipe)
        await #expect(throws: Never.self) { try await unprotected.loop(ScriptedPolicy(), MemoryLedger()).run(unprotected.manifest) }
    }

    @Test("protected tasks that the loop was not given are refused before any work")
    func missing() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(change: { $0.retention.tasks = ["arithmetic"] })
        await #expect(throws: SettingsError.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(await ledger.calls == 0)
    }

    @Test(
        "an alarm about the verifier pauses promotion, stands in the record, and outlasts its generation as it is set to",
        arguments: [1, 2])
    func alarm(healthyGenerations: Int) async throws {
        let judged = Recorder<Problem>()
        // The verifier fails on six responses of the first generation: a warning, not yet the limit that stops a run.
        let task = LetterTask(onVerdict: { problem in
            guard problem.split == .train else { return nil }
            return (100..<106).contains(judged.record(problem)) ? .unscorable(reason: "crash") : nil
        })
        let run = TestRun(task: task, generations: 2, change: { $0.safety.healthyGenerations = healthyGenerations })
        let ledger = MemoryLedger()
        _ = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        let records = await ledger.generations
        #expect(records[0].alarms.map(\.name) == ["verifier-errors"] && records[0].decision.outcome == .rolledBack)
        #expect(records[0].decision.reason.hasPrefix("paused by alarm 'verifier-errors': the verifier could not judge 6 of 320"))
        #expect(records[0].pauses.map(\.alarm) == records[0].alarms && records[1].alarms.isEmpty)
        let told =
            "still paused by alarm 'verifier-errors' of generation 1, healthy in 1 of 2 generations since: the verifier could not judge 6"
        #expect(records[1].decision.reason.hasPrefix(told) == (healthyGenerations == 2))
        #expect(records[1].pauses.map(\.healthy) == (healthyGenerations == 2 ? [1] : []))
        #expect(records[1].decision.checks.contains { $0.name == "verifier-errors" } == (healthyGenerations == 2))
    }

    @Test("a small generation whose verifier fails stops the run as well", arguments: [4, 5])
    func fewVerdicts(missing: Int) async throws {
        let judged = Recorder<Problem>()
        let task = LetterTask(onVerdict: { problem in
            problem.split == .train && judged.record(problem) <= missing ? .unscorable(reason: "crash") : nil
        })
        let recipe = ScriptedRecipe { workshop in
            _ = try await workshop.rollouts(
                on: try await workshop.problems(5), samplesPerProblem: 8, options: workshop.sampling(temperature: 1))
        }
        let run = TestRun(recipe: recipe, task: task, generations: 1)
        if missing < 5 {
            _ = try await run.loop(ScriptedPolicy(), MemoryLedger()).run(run.manifest)
        } else {
            await #expect(throws: WorkshopError.tooManyUnscorable(unscorable: 5, verdicts: 40, reason: "crash")) {
                try await run.loop(ScriptedPolicy(), MemoryLedger()).run(run.manifest)
            }
        }
    }

    @Test("verdicts that are asked for outside of rollouts are counted and told too", arguments: ["verdicts", "search"])
    func missingElsewhere(way: String) async throws {
        let told = Recorder<String>()
        let task = LetterTask(onVerdict: { $0.split == .train ? .unscorable(reason: "crash") : nil })
        let recipe = ScriptedRecipe { workshop in
            let problems = try await workshop.problems(10)
            if way == "verdicts" {
                for _ in 0..<2 { _ = try await workshop.verdicts(on: problems.map { ($0, "a") }) }
            } else {
                _ = try await workshop.searchEpisodes(
                    on: problems, children: 2, selection: .uct(exploration: 1), budget: SearchBudget(rounds: 2),
                    options: SamplingOptions(maximumTokens: 3))
            }
        }
        let run = TestRun(
            recipe: recipe, task: task, generations: 1, events: { if case .verdictMissing(.verify, let cause) = $0 { told.record(cause) } })
        let ledger = MemoryLedger()
        let error = await #expect(throws: WorkshopError.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        guard case .tooManyUnscorable(let missing, let verdicts, "crash") = error, missing == verdicts, missing >= 5 else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(told.values == ["crash"])
        #expect(await ledger.generations.isEmpty)
    }

    @Test("a verifier that changes while it judges ends the run before anything is committed, however it was asked", arguments: 0...2)
    func changedVerifier(way: Int) async throws {
        let changed = VerifierError.changed(path: "check.py", began: "a", now: "b")
        let changes = Recorder<Bool>()
        let task = LetterTask(onConfirm: { changes.values.isEmpty ? nil : changed })
        let recipe = ScriptedRecipe { workshop in
            let problems = try await workshop.problems(2)
            if way < 2 { changes.record(true) }
            if way == 0 {
                _ = try await workshop.rollouts(on: problems, samplesPerProblem: 2, options: workshop.sampling(temperature: 1))
                Issue.record("rollouts went on")
            } else if way == 1 {
                _ = try await workshop.verdicts(on: problems.map { ($0, "a") })
                Issue.record("verdicts were given")
            } else {
                // Whatever a recipe does besides: the end of the generation looks too.
                changes.record(true)
            }
        }
        let run = TestRun(recipe: recipe, task: task, generations: 1)
        let ledger = MemoryLedger()
        await #expect(throws: changed) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(await ledger.generations.isEmpty)
    }

    @Test("a judge that needs logprobs is not asked of a policy without them")
    func judgeWithoutLogprobs() async throws {
        let run = TestRun(change: { $0.audit.judge = .base })
        let policy = ScriptedPolicy(capabilities: [.training, .snapshots])
        let ledger = MemoryLedger()
        await #expect(throws: SettingsError.self) { try await run.loop(policy, ledger).run(run.manifest) }
        #expect(await ledger.calls == 0)
    }

    @Test("without a gate a harmful candidate is kept, and the manifest has to say so")
    func ungated() async throws {
        let recipe = ScriptedRecipe.imitation(learningRate: -0.5)
        let run = TestRun(recipe: recipe, generations: 2, change: { $0.gate.enabled = false })
        let ledger = MemoryLedger()
        let summary = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        #expect(await ledger.generations.allSatisfy { $0.decision.outcome == .promoted && $0.incumbentHash == $0.candidateHash })
        #expect(await ledger.generations[0].decision.reason.hasPrefix("kept without a gate, which would have refused it: "))
        #expect(summary.weightsHash != summary.before.weightsHash && !run.manifest.isGated)
        let gated = TestRun(recipe: recipe, generations: 2)
        await #expect(throws: LoopError.manifestMismatch(field: "gate", manifest: "enabled", given: "disabled")) {
            try await run.loop(ScriptedPolicy(), MemoryLedger()).run(gated.manifest)
        }
    }
}

extension SeedTree {
    /// The key of the evaluation problems of `LetterTask`.
    fileprivate static var evaluation: SeedTree { SeedTree(root: 0x6576_616C_7561_7465)("problems")(named: "letter") }
}
