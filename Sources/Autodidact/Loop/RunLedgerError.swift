/// A request that the state of a ledger does not allow; failures of its medium are the ledger's own errors.
public enum RunLedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A finished run has nothing to resume.
    case alreadyFinished(runID: String)
    /// The run was created, but stopped before its baseline was committed: start it again.
    case nothingCommitted(runID: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .alreadyFinished(let runID): "run \(runID) is already finished"
        case .nothingCommitted(let runID): "run \(runID) stopped before its baseline was committed; start a new run"
        }
    }
}
