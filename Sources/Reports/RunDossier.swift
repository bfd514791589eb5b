public import Autodidact

/// All that a report says of a run, as one plain value: reports need no store, no policy and no clock.
public struct RunDossier: Sendable, Hashable, Codable {
    /// What the run was asked to do.
    public var manifest: RunManifest
    /// How many generations were asked for, where known.
    public var plannedGenerations: Int?
    /// Whether the gate decided; a run without it keeps every candidate, and its report says so.
    public var isGated: Bool
    /// The base on the held-out problems; nil where the run stopped before.
    public var baseline: EvaluationResult?
    /// The committed generations, in order.
    public var generations: [GenerationRecord]
    /// Episodes of some or all generations, in order.
    public var digests: [GenerationDigest]
    /// What led from one incumbent to the next; nil where it is not known.
    public var lineage: RunLineage?
    /// The end; nil while the run is unfinished.
    public var summary: RunSummary?
    /// Time spent up to the last commit, for unfinished runs.
    public var spent: RunExpense?
    /// What the figures of the generations mean, as far as their recipe says.
    public var metrics: [MetricCard]
    /// The command that makes the same run again; derived from the manifest where nil.
    public var command: String?
    /// What commands in the report need to find the run and its model.
    public var places: CommandPlaces

    /// A dossier; whatever is not known stays out, and `isGated` is what the manifest says.
    public init(
        manifest: RunManifest, plannedGenerations: Int? = nil, isGated: Bool? = nil, baseline: EvaluationResult? = nil,
        generations: [GenerationRecord] = [], digests: [GenerationDigest] = [], lineage: RunLineage? = nil, summary: RunSummary? = nil,
        spent: RunExpense? = nil, metrics: [MetricCard] = [], command: String? = nil, places: CommandPlaces = CommandPlaces()
    ) {
        self.manifest = manifest
        self.plannedGenerations = plannedGenerations
        self.isGated = isGated ?? manifest.isGated
        self.baseline = baseline
        self.generations = generations
        self.digests = digests
        self.lineage = lineage
        self.summary = summary
        self.spent = spent
        self.metrics = metrics
        self.command = command
        self.places = places
    }

    /// How many candidates replaced the incumbent.
    public var promotions: Int { generations.count { $0.decision.outcome == .promoted } }

    /// How many were discarded.
    public var rollbacks: Int { generations.count - promotions }

    /// The incumbent on the held-out problems after the last committed generation.
    public var incumbentEvaluation: EvaluationResult? {
        if let lineage { return lineage.incumbent == 0 ? baseline : generations.first { $0.number == lineage.incumbent }?.evaluation }
        return generations.last { $0.decision.outcome == .promoted }?.evaluation ?? baseline
    }

    /// Where the time went, as far as it is known.
    public var expense: RunExpense {
        if let summary { return RunExpense(seconds: summary.seconds, wall: summary.wallSeconds) }
        if let spent { return spent }
        let seconds = generations.reduce(PhaseSeconds()) { $0 + $1.seconds }
        return RunExpense(seconds: seconds, wall: seconds.total)
    }
}
