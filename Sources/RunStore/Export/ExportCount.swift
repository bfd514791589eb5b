/// What an export wrote, and what it left out.
public struct ExportCount: Sendable, Hashable, Codable {
    /// Rows written, with as many lines of provenance.
    public internal(set) var rows = 0
    /// Of these the rows that are labelled as right; of forms without labels none.
    public internal(set) var right = 0
    /// Episodes read, of the generations that the run may learn from.
    public internal(set) var episodes = 0
    /// Episodes among them without a verdict, which are never exported.
    public internal(set) var unscorable = 0
    /// Episodes among them on problems that evaluations are made of, which are never exported; a run makes none.
    public internal(set) var heldOut = 0
    /// Right answers that were cut off at the limit of tokens: no example of how an answer ends, so never imitated.
    public internal(set) var cutOff = 0
    /// Right episodes with a turn that was judged wrong: as `messages` that turn would be imitated too.
    public internal(set) var mixed = 0
    /// Generations whose episodes the run may not learn from: those that failed safety, and those that a rollback took back.
    public internal(set) var barred: [Int] = []
    /// Generations whose episodes are no longer kept.
    public internal(set) var forgotten: [Int] = []
}
