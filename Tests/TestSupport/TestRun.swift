package import Autodidact

/// A small run of a recipe on `LetterTask`, and what is left of it in a ledger.
package struct TestRun: Sendable {
    package let recipe: any Recipe
    package let task: LetterTask
    package let settings: RunSettings
    package let protected: [ProtectedSkill]
    package let clock: any WorldClock
    package let events: @Sendable (LoopEvent) -> Void

    /// Three generations on 60 held-out and 60 sealed problems unless told otherwise; `protected` tasks are read with 40.
    package init(
        recipe: any Recipe = ScriptedRecipe.imitation(), task: LetterTask = LetterTask(), generations: Int = 3, seed: UInt64 = 1,
        protecting protected: [ProtectedSkill] = [], clock: any WorldClock = ManualClock(),
        events: @escaping @Sendable (LoopEvent) -> Void = { _ in }, change: (inout RunSettings) -> Void = { _ in }
    ) {
        self.recipe = recipe
        self.task = task
        self.clock = clock
        self.events = events
        self.protected = protected
        var settings = RunSettings(
            generations: generations, seed: seed,
            evaluation: EvaluationSettings(problems: 60, samplesPerProblem: 4, sealedProblems: 60)
        )
        settings.retention.tasks = protected.map(\.name)
        if !protected.isEmpty { settings.retention.problems = 40 }
        change(&settings)
        self.settings = settings
    }

    package var manifest: RunManifest {
        RunManifest(
            runID: "run-1", recipe: type(of: recipe).card.slug, task: task.card.slug, model: "scripted", seed: settings.seed,
            settings: "{}", versions: [:], createdAt: 0, isGated: settings.gate.enabled
        )
    }

    package func loop(_ policy: any TrainablePolicy, _ ledger: any RunLedger) -> ImprovementLoop {
        ImprovementLoop(
            recipe: recipe, family: task, policy: policy, settings: settings, protecting: protected, ledger: ledger, clock: clock,
            events: events
        )
    }

    /// Runs to the end without disturbance.
    package func undisturbed() async throws -> RunRemains {
        let ledger = MemoryLedger()
        _ = try await loop(ScriptedPolicy(), ledger).run(manifest)
        return await RunRemains(ledger)
    }

    /// What a person does after a crash: a new process resumes what was committed, or starts anew where nothing was.
    package func recover(_ ledger: MemoryLedger) async throws -> RunRemains {
        if await !ledger.hasBegun {
            _ = try await loop(ScriptedPolicy(), ledger).run(manifest)
        } else if await ledger.summary == nil {
            _ = try await loop(ScriptedPolicy(), ledger).resume()
        }
        return await RunRemains(ledger)
    }
}

/// All of a run that must be reproducible: everything but the times.
package struct RunRemains: Sendable, Equatable {
    package let generations: [GenerationRecord]
    package let episodes: [[Episode]]
    package let summary: RunSummary?
    package let incumbentHash: String?

    package init(_ ledger: MemoryLedger) async {
        generations = await ledger.generations.map(\.withoutTimes)
        episodes = await ledger.episodes
        summary = await ledger.summary?.withoutTimes
        incumbentHash = await ledger.incumbent?.weightsHash
    }
}

extension GenerationRecord {
    fileprivate var withoutTimes: GenerationRecord {
        GenerationRecord(
            number: number, candidateHash: candidateHash, incumbentHash: incumbentHash, episodes: episodes, correct: correct,
            unscorable: unscorable, tokensSampled: tokensSampled, tokensTrained: tokensTrained, metrics: metrics,
            evaluation: evaluation, decision: decision, seconds: PhaseSeconds(), alarms: alarms, pauses: pauses, audit: audit
        )
    }
}

extension RunSummary {
    fileprivate var withoutTimes: RunSummary {
        RunSummary(
            before: before, after: after, comparison: comparison, examples: examples, weightsHash: weightsHash,
            seconds: PhaseSeconds(), wallSeconds: 0
        )
    }
}
