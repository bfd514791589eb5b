public import Autodidact

/// What a running study tells whoever watches; watching changes nothing.
public enum StudyEvent: Sendable {
    /// A cell begins.
    case cellStarted(arm: String, seed: UInt64, number: Int, of: Int)
    /// A generation of the running cell is over.
    case generation(Int, of: Int)
    /// A cell is finished; `isReused` where it was kept from an earlier run.
    case cellFinished(StudyCell, number: Int, of: Int, isReused: Bool)
    /// What the loop's parts tell.
    case loop(LoopEvent)
}
