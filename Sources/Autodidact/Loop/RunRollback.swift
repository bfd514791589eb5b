/// A rollback that was asked for by hand: the state after an earlier generation is the run's state again.
///
/// Nothing that was committed is taken out of the record. The generations that follow count on from the last one, so their draws and
/// the looks of the gate are fresh.
public struct RunRollback: Sendable, Hashable, Codable {
    /// How many generations were committed when it was made.
    public let after: Int
    /// The generation whose end the run stands at again; 0 is the base.
    public let to: Int
    /// SHA-256 of the weights of the incumbent that was taken back.
    public let fromHash: String
    /// SHA-256 of the weights of the incumbent that stands since.
    public let toHash: String
    /// Why, in the words of whoever asked for it.
    public let reason: String
    /// Seconds since 1970; a label, never read by the loop.
    public let at: Double

    /// A rollback.
    public init(after: Int, to: Int, fromHash: String, toHash: String, reason: String, at: Double) {
        self.after = after
        self.to = to
        self.fromHash = fromHash
        self.toHash = toHash
        self.reason = reason
        self.at = at
    }
}
