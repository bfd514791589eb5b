import Randomness

/// The steps of a run, each of which takes it from one committed standing to the next.
struct RunCourse: Sendable {
    private let loop: ImprovementLoop
    private let meter: PhaseMeter
    private let evaluator: Evaluator
    private let heldOut: [Problem]
    private let sealed: [Problem]
    private let skills: [SkillEvaluator]

    /// Draws the problems of all evaluations; only their prompts are used before the end (to keep them out of training).
    init(loop: ImprovementLoop, meter: PhaseMeter) throws(LoopError) {
        self.loop = loop
        self.meter = meter
        evaluator = Evaluator(
            family: loop.family, levels: loop.settings.levels, usage: loop.recipe.usage(of: loop.family),
            settings: loop.settings.evaluation,
            meter: meter, events: loop.events
        )
        heldOut = try evaluator.problems(.heldOut)
        sealed = try evaluator.problems(.sealed)
        skills = try loop.protected.map { (skill) throws(LoopError) in
            try SkillEvaluator(skill, settings: loop.settings, meter: meter, events: loop.events)
        }
    }

    /// Evaluates the base and opens the run.
    func begin(_ manifest: RunManifest) async throws -> RunStanding {
        let base = try await snapshot()
        let baseline = try await evaluateHeldOut(base)
        try await loop.ledger.begin(manifest, base: base, baseline: baseline, spent: meter.spent)
        meter.charge(.write)
        loop.events(.baseline(baseline))
        return RunStanding(base: base, baseline: baseline)
    }

    /// One generation: improve, evaluate, decide, commit.
    func generation(after standing: RunStanding) async throws -> RunStanding {
        let number = standing.generations + 1
        try Task.checkCancellation()
        loop.events(.generationStarted(number: number, of: loop.settings.generations))
        let spentBefore = meter.spent.seconds
        try await restore(standing.incumbent)
        let workshop = try Workshop(
            policy: loop.policy, generation: number, seed: SeedTree(root: loop.settings.seed)("generation", number),
            family: loop.family, levels: loop.settings.levels, start: standing.incumbent, base: standing.base,
            budget: loop.recipe.budget(ofGeneration: number, stepsPerEpisode: 1),
            evaluationProblems: heldOut + sealed + skills.flatMap(\.problems),
            usage: loop.recipe.usage(of: loop.family),
            history: { [ledger = loop.ledger, line = standing.line] number in
                // What a rollback has taken back, or what failed safety, is not learned from.
                line.lessons.contains(number) ? try await ledger.episodes(of: number) : []
            }, earlierLength: standing.metrics.meanLength, meter: meter,
            events: loop.events
        )
        try await workshop.follow(loop.recipe)
        // Searches ask the verifier by way of their environments; nothing that it said is committed unless it is still itself.
        try loop.family.verifier.confirm()
        try await workshop.tally.checkVerdicts()
        meter.charge(.train)

        let candidate = try await snapshot()
        try await recordDistance(of: workshop, from: standing.base, backTo: candidate)
        let isUnchanged = candidate.weightsHash == standing.incumbent.weightsHash
        let evaluation = isUnchanged ? standing.evaluation : try await evaluateHeldOut(candidate)
        let audit = try await audit(await workshop.episodes, ofGeneration: number, after: standing, backTo: candidate)
        let tally = await workshop.tally
        let judgement = try Judgement(of: tally, evaluation: evaluation, audit: audit, after: standing, settings: loop.settings)
        meter.charge(.evaluate)

        let isPromoted = judgement.decision.outcome == .promoted
        let record = GenerationRecord(
            number: number, candidateHash: candidate.weightsHash,
            incumbentHash: isPromoted ? candidate.weightsHash : standing.incumbent.weightsHash,
            episodes: tally.episodeCount, correct: tally.correct, unscorable: tally.unscorable,
            tokensSampled: tally.tokensSampled, tokensTrained: tally.tokensTrained, metrics: tally.metrics,
            evaluation: evaluation, decision: judgement.decision, seconds: meter.spent.seconds - spentBefore, alarms: judgement.alarms,
            pauses: judgement.pauses, audit: audit
        )
        var next = standing
        next.add(record)
        if isPromoted { next.incumbent = candidate }
        try Task.checkCancellation()
        try await loop.ledger.commit(
            record, episodes: tally.episodes, promoted: isPromoted ? candidate : nil, spent: meter.spent
        )
        meter.charge(.write)
        loop.events(.generationCommitted(record))
        return next
    }

    /// Reads the sealed problems, once for the base and once for the final incumbent, and closes the run.
    func seal(_ standing: RunStanding) async throws -> RunSummary {
        try await restore(standing.base)
        let before = try await evaluate(standing.base, on: .sealed)
        try await restore(standing.incumbent)
        let isUnchanged = standing.incumbent.weightsHash == standing.base.weightsHash
        let after = isUnchanged ? before : try await evaluate(standing.incumbent, on: .sealed)
        let comparison = try PairedComparison.between(incumbent: before.result, candidate: after.result)
        meter.charge(.evaluate)
        let spent = meter.spent
        let summary = RunSummary(
            before: before.result, after: after.result, comparison: comparison,
            examples: ExamplePair.selection(before: before.greedy, after: after.greedy),
            weightsHash: standing.incumbent.weightsHash, seconds: spent.seconds, wallSeconds: spent.wall
        )
        try Task.checkCancellation()
        try await loop.ledger.finish(summary)
        meter.charge(.write)
        loop.events(.finished(summary))
        return summary
    }

    /// Records how far the policy that sampled this generation was from the base, on some of its own tokens.
    private func recordDistance(of workshop: Workshop, from base: PolicySnapshot, backTo candidate: PolicySnapshot) async throws {
        let sample = await workshop.sampledTurns(atMost: 64)
        guard !sample.isEmpty, loop.policy.capabilities.contains(.logprobs) else { return }
        try await restore(base)
        let reference = try await loop.policy.logprobs(of: sample.map(\.sequence))
        meter.charge(.evaluate)
        await workshop.recordDistance(zip(sample, reference).map { ($0.behavior, $1) })
        try await restore(candidate)
    }

    /// The audit of a generation's episodes; nil where nobody audits.
    private func audit(
        _ episodes: [Episode], ofGeneration number: Int, after standing: RunStanding, backTo candidate: PolicySnapshot
    ) async throws -> AuditResult? {
        let settings = loop.settings.audit
        guard settings.share > 0 else { return nil }
        let audit = Audit(settings: settings, seed: SeedTree(root: loop.settings.seed)("audit", number))
        defer { meter.charge(.evaluate) }
        switch settings.judge {
        case .task:
            guard let auditor = loop.family.auditor else { return nil }
            return await audit.result(on: episodes, by: auditor)
        case .base:
            try await restore(standing.base)
            let result = try await audit.result(on: episodes, byAsking: loop.policy, first: standing.firstAudit)
            try await restore(candidate)
            return result
        }
    }

    private func snapshot() async throws -> PolicySnapshot {
        defer { meter.charge(.write) }
        return try await loop.policy.snapshot()
    }

    private func restore(_ snapshot: PolicySnapshot) async throws {
        defer { meter.charge(.write) }
        try await loop.policy.restore(snapshot)
    }

    /// The policy, which must be at the state `weights`, on the held-out problems of the task and of all protected tasks.
    private func evaluateHeldOut(_ weights: PolicySnapshot) async throws -> EvaluationResult {
        let result = try await evaluate(weights, on: .heldOut).result
        var results: [SkillResult] = []
        for skill in skills { results.append(try await skill.evaluate(loop.policy, weightsHash: weights.weightsHash)) }
        return result.with(skills: results)
    }

    /// The policy, which must be at the state `weights`, on one split.
    private func evaluate(_ weights: PolicySnapshot, on split: Split) async throws -> Evaluation {
        try await evaluator.evaluate(
            loop.policy, on: split == .sealed ? sealed : heldOut, split: split, weightsHash: weights.weightsHash
        )
    }
}
