/// Where a run's state is kept.
///
/// Each call is one transaction: after a crash all of it is there or nothing.
public protocol RunLedger: Sendable {
    /// Opens a new run with its base state and the base's held-out evaluation.
    func begin(_ manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, spent: RunExpense) async throws

    /// Commits a generation: its record, its episodes and, where it was promoted, the new incumbent.
    func commit(_ generation: GenerationRecord, episodes: [Episode], promoted: PolicySnapshot?, spent: RunExpense) async throws

    /// The committed episodes of a generation, in the order in which they were made.
    func episodes(of generation: Int) async throws -> [Episode]

    /// Closes the run with its sealed result.
    func finish(_ summary: RunSummary) async throws

    /// What is committed of a run that is not finished: all that is needed to go on.
    func resumePoint() async throws -> ResumePoint
}

/// Time spent up to a commit; measured, so never part of what must be reproducible.
public struct RunExpense: Sendable, Hashable, Codable {
    /// By phase.
    public var seconds: PhaseSeconds
    /// Wall seconds.
    public var wall: Double

    /// Nothing spent yet unless given.
    public init(seconds: PhaseSeconds = PhaseSeconds(), wall: Double = 0) {
        self.seconds = seconds
        self.wall = wall
    }
}

/// The committed state of an unfinished run.
public struct ResumePoint: Sendable {
    /// What the run was asked to do.
    public let manifest: RunManifest
    /// The state the run started from.
    public let base: PolicySnapshot
    /// The base on the held-out problems.
    public let baseline: EvaluationResult
    /// The state to go on from.
    public let incumbent: PolicySnapshot
    /// The committed generations, in order.
    public let generations: [GenerationRecord]
    /// The rollbacks that were asked for by hand, in order.
    public let rollbacks: [RunRollback]
    /// The time already spent.
    public let spent: RunExpense

    /// A committed state.
    public init(
        manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, incumbent: PolicySnapshot,
        generations: [GenerationRecord], rollbacks: [RunRollback] = [], spent: RunExpense
    ) {
        self.manifest = manifest
        self.base = base
        self.baseline = baseline
        self.incumbent = incumbent
        self.generations = generations
        self.rollbacks = rollbacks
        self.spent = spent
    }
}
