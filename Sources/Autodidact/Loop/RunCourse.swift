import Randomness

/// Where a run stands between two generations: all that decides how it goes on.
struct RunStanding: Sendable {
    let base: PolicySnapshot
    var incumbent: PolicySnapshot
    /// The incumbent on the held-out problems.
    var evaluation: EvaluationResult
    /// How many are committed.
    var generations: Int
    /// Which of them it descends from.
    var line = RunLine()
    /// The mean length of the episodes of the last one it descends from, as it was committed; nil where that made none, and before any.
    var meanLength: Double?
}

extension RunStanding {
    /// The standing that a ledger's committed state describes.
    init(_ point: ResumePoint) {
        let line = RunLine(point.generations, rollbacks: point.rollbacks)
        self.init(
            base: point.base, incumbent: point.incumbent,
            evaluation: line.incumbent == 0 ? point.baseline : point.generations[line.incumbent - 1].evaluation,
            generations: point.generations.count, line: line,
            meanLength: line.generations.last.flatMap { point.generations[$0 - 1].metrics.meanLength }
        )
    }
}

/// The steps of a run, each of which takes it from one committed standing to the next.
struct RunCourse: Sendable {
    private let loop: ImprovementLoop
    private let meter: PhaseMeter
    private let evaluator: Evaluator
    private let heldOut: [Problem]
    private let sealed: [Problem]

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
    }

    /// Evaluates the base and opens the run.
    func begin(_ manifest: RunManifest) async throws -> RunStanding {
        let base = try await snapshot()
        let baseline = try await evaluate(base, on: .heldOut).result
        try await loop.ledger.begin(manifest, base: base, baseline: baseline, spent: meter.spent)
        meter.charge(.write)
        loop.events(.baseline(baseline))
        return RunStanding(base: base, incumbent: base, evaluation: baseline, generations: 0)
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
            budget: loop.recipe.budget(ofGeneration: number, stepsPerEpisode: 1), evaluationProblems: heldOut + sealed,
            usage: loop.recipe.usage(of: loop.family),
            history: { [ledger = loop.ledger, line = standing.line] number in
                // What a rollback has taken back is not learned from.
                line.generations.contains(number) ? try await ledger.episodes(of: number) : []
            }, earlierLength: standing.meanLength, meter: meter,
            events: loop.events
        )
        try await workshop.follow(loop.recipe)
        meter.charge(.train)

        let candidate = try await snapshot()
        try await recordDistance(of: workshop, from: standing.base, backTo: candidate)
        let isUnchanged = candidate.weightsHash == standing.incumbent.weightsHash
        let evaluation = isUnchanged ? standing.evaluation : try await evaluate(candidate, on: .heldOut).result
        let decision = try Gate(settings: loop.settings.gate).decide(incumbent: standing.evaluation, candidate: evaluation, look: number)
        meter.charge(.evaluate)

        var next = standing
        next.generations = number
        next.line.append(number, isPromoted: decision.outcome == .promoted)
        if decision.outcome == .promoted {
            next.incumbent = candidate
            next.evaluation = evaluation
        }
        let tally = await workshop.tally
        let record = GenerationRecord(
            number: number, candidateHash: candidate.weightsHash, incumbentHash: next.incumbent.weightsHash,
            episodes: tally.episodeCount, correct: tally.correct, unscorable: tally.unscorable,
            tokensSampled: tally.tokensSampled, tokensTrained: tally.tokensTrained, metrics: tally.metrics,
            evaluation: evaluation, decision: decision, seconds: meter.spent.seconds - spentBefore
        )
        next.meanLength = record.metrics.meanLength
        try Task.checkCancellation()
        try await loop.ledger.commit(
            record, episodes: tally.episodes, promoted: decision.outcome == .promoted ? candidate : nil, spent: meter.spent
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

    private func snapshot() async throws -> PolicySnapshot {
        defer { meter.charge(.write) }
        return try await loop.policy.snapshot()
    }

    private func restore(_ snapshot: PolicySnapshot) async throws {
        defer { meter.charge(.write) }
        try await loop.policy.restore(snapshot)
    }

    /// The policy, which must be at the state `weights`, on one split.
    private func evaluate(_ weights: PolicySnapshot, on split: Split) async throws -> Evaluation {
        try await evaluator.evaluate(
            loop.policy, on: split == .sealed ? sealed : heldOut, split: split, weightsHash: weights.weightsHash
        )
    }
}
