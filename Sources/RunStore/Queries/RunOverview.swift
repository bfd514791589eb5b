public import Autodidact

/// Where a run stands.
public enum RunState: String, Sendable, Hashable, Codable {
    /// A process is writing it now.
    case running
    /// It is not finished, and nobody is writing it: it can be resumed.
    case interrupted
    /// It has its sealed result.
    case finished
}

/// A run in a list.
public struct RunOverview: Sendable, Hashable, Codable, Identifiable {
    /// What the run was asked to do.
    public let manifest: RunManifest
    /// Where it stands.
    public let state: RunState
    /// Generations committed.
    public let generations: Int
    /// Its headlines.
    public let figures: RunFigures
    /// Time spent up to the last commit.
    public let spent: RunExpense
    /// SHA-256 of the incumbent's weights.
    public let weightsHash: String

    /// The run's name.
    public var id: String { manifest.runID }
}
