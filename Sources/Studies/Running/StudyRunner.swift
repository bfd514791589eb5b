public import Autodidact
import Randomness

/// Runs studies: arm by arm and seed by seed on one policy, each cell from the base state.
public struct StudyRunner: Sendable {
    private let policy: any TrainablePolicy
    private let versions: [String: String]
    private let clock: any WorldClock
    private let events: @Sendable (StudyEvent) -> Void
    private let cache = EvaluationCache()

    /// A runner on a policy whose present state is the base of every arm.
    ///
    /// - Parameter versions: What decides results besides settings and weights; part of the cells' fingerprints.
    public init(
        policy: any TrainablePolicy, versions: [String: String], clock: any WorldClock,
        events: @escaping @Sendable (StudyEvent) -> Void = { _ in }
    ) {
        self.policy = policy
        self.versions = versions
        self.clock = clock
        self.events = events
    }

    /// Runs a study with the seeds 1…`seeds`, or what is left of it; the policy is left at its base state.
    ///
    /// - Parameters:
    ///   - cells: Where finished cells are kept, and found again.
    ///   - command: What a person types for the same study; for the record.
    /// - Throws: `StudyError` or `SettingsError` before any work; `DiskError`; `CancellationError`; or what an arm throws.
    public func run(_ study: any Study, seeds: Int, scale: StudyScale, cells: CellFolder?, command: String) async throws -> StudyRecord {
        guard seeds >= scale.fewestSeeds else { throw StudyError.tooFewSeeds(seeds, fewest: scale.fewestSeeds) }
        let arms = try study.arms(scale)
        let criteria = try study.allCriteria(arms)
        let base = try await policy.snapshot()
        var done: [StudyCell] = []
        let total = arms.count * seeds
        // Seed by seed, so that a study that is stopped has whole comparisons.
        for seed in 1...UInt64(seeds) {
            for arm in arms {
                let number = done.count + 1
                let identity = CellIdentity(
                    study: study.card.slug, arm: arm.name, settings: arm.settings, scale: scale, seed: seed, draw: study.card.draw,
                    weightsHash: base.weightsHash, versions: versions)
                let fingerprint = try identity.fingerprint()
                if let kept = try cells?.cell(fingerprint) {
                    done.append(kept)
                    events(.cellFinished(kept, number: number, of: total, isReused: true))
                    continue
                }
                events(.cellStarted(arm: arm.name, seed: seed, number: number, of: total))
                let cell = try await cell(
                    arm, seed: seed, draw: study.card.draw, scale: scale, base: base, fingerprint: fingerprint)
                try cells?.keep(cell)
                done.append(cell)
                events(.cellFinished(cell, number: number, of: total, isReused: false))
            }
        }
        return try StudyRecord(
            study.card, criteria: criteria, arms: arms, results: StudyResults(done), seeds: seeds, scale: scale,
            model: StudyModel(name: policy.name, weightsHash: base.weightsHash), versions: versions, command: command)
    }

    private func cell(
        _ arm: StudyArm, seed: UInt64, draw: Int, scale: StudyScale, base: PolicySnapshot, fingerprint: String
    ) async throws -> StudyCell {
        try Task.checkCancellation()
        try await policy.restore(base)
        let began = clock.monotonic()
        let bench = StudyBench(
            policy: policy, base: base, seed: draw == 0 ? seed : SeedTree(root: seed)("draw", draw).key, draw: draw, scale: scale,
            clock: clock, cache: cache, events: events)
        let measurements = try await arm.run(bench)
        try Task.checkCancellation()
        try await policy.restore(base)
        for (name, value) in measurements.values.sorted(by: { $0.key < $1.key }) where !value.isFinite {
            throw StudyError.notFinite(name, arm: arm.name, seed: seed)
        }
        return StudyCell(
            fingerprint: fingerprint, arm: arm.name, seed: seed, measurements: measurements, tokens: bench.tokens,
            seconds: (clock.monotonic() - began) / .seconds(1))
    }
}

extension Study {
    /// The study's own criteria, and that of equal budgets where there is something to compare.
    ///
    /// - Throws: `StudyError.badArms` where the study cannot be judged.
    public func allCriteria(_ arms: [StudyArm]) throws(StudyError) -> [StudyCriterion] {
        let (slug, names) = (card.slug, arms.map(\.name))
        guard arms.count >= 2 else { throw .badArms(study: slug, reason: "needs two arms or more") }
        guard Set(names).count == names.count else { throw .badArms(study: slug, reason: "two arms have one name") }
        let own = criteria
        guard own.contains(where: { $0.weight == .core }) else { throw .badArms(study: slug, reason: "has no core criterion") }
        return arms.count { $0.budget == .equal } > 1 ? own + [.equalTokens(arms)] : own
    }
}
