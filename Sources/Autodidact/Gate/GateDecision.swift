/// Whether a candidate replaces the incumbent, and why.
public struct GateDecision: Sendable, Hashable, Codable {
    /// What happens to the candidate.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// It becomes the incumbent.
        case promoted
        /// It is discarded; the incumbent stays, bit for bit.
        case rolledBack = "rolled back"
    }

    /// The decision.
    public let outcome: Outcome
    /// One sentence with the figures that decided.
    public let reason: String
    /// The comparison that it rests on.
    public let comparison: PairedComparison

    /// A decision with its evidence.
    public init(outcome: Outcome, reason: String, comparison: PairedComparison) {
        self.outcome = outcome
        self.reason = reason
        self.comparison = comparison
    }
}
