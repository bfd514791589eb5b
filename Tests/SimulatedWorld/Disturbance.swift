import Randomness

/// The instant at which something happens to a disk: its nth step, or its nth of one kind, from 1 up.
package enum Instant: Sendable, Hashable {
    case step(Int)
    case operation(FileOperation, Int)
}

/// What becomes of a process that is using a disk.
package enum Disturbance: Sendable, Hashable {
    /// The process is ended; the system goes on.
    case kill(Instant)
    /// All is dark.
    case powerLoss(Instant)
    /// One step fails, in a way that `choice` picks among those that are possible.
    case fault(Instant, choice: Int)
    /// From here on there is no space.
    case full(Instant)
    /// The model's process dies at its nth call.
    case childDeath(call: Int)

    var instant: Instant? {
        switch self {
        case .kill(let instant), .powerLoss(let instant), .fault(let instant, _), .full(let instant): instant
        case .childDeath: nil
        }
    }
}

/// How many steps of each kind a life took.
package struct StepCounts: Sendable, Hashable {
    package private(set) var total = 0
    private(set) var byOperation: [FileOperation: Int] = [:]

    mutating func add(_ operation: FileOperation) {
        total += 1
        byOperation[operation, default: 0] += 1
    }

    func matches(_ instant: Instant, now operation: FileOperation) -> Bool {
        switch instant {
        case .step(let number): number == total
        case .operation(let kind, let number): kind == operation && byOperation[kind] == number
        }
    }

    subscript(operation: FileOperation) -> Int { byOperation[operation] ?? 0 }
}
