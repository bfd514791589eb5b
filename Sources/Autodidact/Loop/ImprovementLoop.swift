/// The loop: baseline, then generation after generation improve, evaluate, gate, keep or roll back; at the end the sealed test.
///
/// Each generation starts from the restored incumbent and draws from keys of its own, so a run that was stopped at any instant and
/// resumed reaches the same result, bit for bit, as one that was not.
public struct ImprovementLoop: Sendable {
    let recipe: any Recipe
    let family: any TaskFamily
    let policy: any TrainablePolicy
    let settings: RunSettings
    let protected: [ProtectedSkill]
    let ledger: any RunLedger
    let clock: any WorldClock
    let events: @Sendable (LoopEvent) -> Void

    /// A loop of these parts; nothing happens yet.
    ///
    /// - Parameter protected: The tasks that `settings.retention.tasks` names, in that order.
    public init(
        recipe: any Recipe, family: any TaskFamily, policy: any TrainablePolicy, settings: RunSettings,
        protecting protected: [ProtectedSkill] = [], ledger: any RunLedger, clock: any WorldClock,
        events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) {
        self.recipe = recipe
        self.family = family
        self.policy = policy
        self.settings = settings
        self.protected = protected
        self.ledger = ledger
        self.clock = clock
        self.events = events
    }

    /// Runs from the policy's present state to the end; the policy is left at the final incumbent.
    ///
    /// - Throws: `LoopError` or `SettingsError` before any work; `CancellationError` between units of work; `WorkshopError`,
    ///   `VerifierError` or `RolloutError` where a generation cannot be completed; or what policy and ledger throw. What was committed by
    ///   then stays and can be resumed.
    public func run(_ manifest: RunManifest) async throws -> RunSummary {
        let meter = PhaseMeter(clock: clock)
        try checkParts()
        try check(manifest)
        let course = try RunCourse(loop: self, meter: meter)
        let standing = try await course.begin(manifest.recordingGateRules())
        return try await finish(course, from: standing)
    }

    /// Goes on after the last committed generation.
    ///
    /// - Throws: As `run`, and `RunLedgerError.alreadyFinished` where nothing is left to do, or `LoopError.gateRulesDiffer`.
    public func resume() async throws -> RunSummary {
        let meter = PhaseMeter(clock: clock)
        try checkParts()
        let point = try await ledger.resumePoint()
        try check(point.manifest)
        try point.manifest.checkGateRules()
        meter.carry(point.spent)
        meter.charge(.write)
        let course = try RunCourse(loop: self, meter: meter)
        let standing = RunStanding(point)
        events(.resumed(committed: point.generations, baseline: point.baseline, incumbent: standing.evaluation))
        return try await finish(course, from: standing)
    }

    private func finish(_ course: RunCourse, from start: RunStanding) async throws -> RunSummary {
        var standing = start
        while standing.generations < settings.generations {
            standing = try await course.generation(after: standing)
        }
        return try await course.seal(standing)
    }

    /// Refuses parts and settings that do not go together, before any work.
    private func checkParts() throws {
        try checkNeeds()
        try settings.validate()
        try settings.store.check(recipe.pool, generations: settings.generations)
        try checkProtected()
    }

    /// Refuses a policy that lacks what the recipe, or the rollback, needs.
    private func checkNeeds() throws(LoopError) {
        let card = type(of: recipe).card
        let missing = card.needs.union([.snapshots]).subtracting(policy.capabilities)
        guard !missing.isEmpty else { return }
        throw .missingCapabilities(recipe: card.slug, policy: policy.name, missing: missing.sorted { $0.rawValue < $1.rawValue })
    }

    /// Refuses settings whose protected tasks were not given, and an audit that nobody could do.
    private func checkProtected() throws {
        let (named, given) = (settings.retention.tasks, protected.map(\.name))
        guard named == given else {
            let key = "retention.tasks"
            throw SettingsError.outOfRange(
                key: key, value: named.joined(separator: ","),
                allowed: "the tasks that the loop was given: \(given.joined(separator: ","))")
        }
        try settings.audit.validate(for: family)
        if settings.audit.share > 0 && settings.audit.judge == .base && !policy.capabilities.contains(.logprobs) {
            throw SettingsError.outOfRange(
                key: "audit.judge", value: "base", allowed: "task; policy '\(policy.name)' offers no logprobs to judge by")
        }
    }

    /// Refuses a manifest that was written for other parts than these.
    private func check(_ manifest: RunManifest) throws(LoopError) {
        let fields = [
            ("recipe", manifest.recipe, type(of: recipe).card.slug),
            ("task", manifest.task, family.card.slug),
            ("seed", "\(manifest.seed)", "\(settings.seed)"),
            ("gate", manifest.isGated ? "enabled" : "disabled", settings.gate.enabled ? "enabled" : "disabled"),
        ]
        for (field, stated, given) in fields where stated != given {
            throw .manifestMismatch(field: field, manifest: stated, given: given)
        }
    }
}
