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
    /// What was asked, in order, with the answers; empty in decisions that were recorded before they were kept.
    public let checks: [GateCheck]

    /// A decision with its evidence.
    public init(outcome: Outcome, reason: String, comparison: PairedComparison, checks: [GateCheck] = []) {
        self.outcome = outcome
        self.reason = reason
        self.comparison = comparison
        self.checks = checks
    }

    /// A decision as it was recorded, by this version or an earlier one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            outcome: try container.decode(Outcome.self, forKey: .outcome),
            reason: try container.decode(String.self, forKey: .reason),
            comparison: try container.decode(PairedComparison.self, forKey: .comparison),
            checks: try container.decodeIfPresent([GateCheck].self, forKey: .checks) ?? [])
    }
}
