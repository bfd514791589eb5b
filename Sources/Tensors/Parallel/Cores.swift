import Dispatch
import Foundation
import Synchronization

/// How many cores work on the shards of a computation.
///
/// Results never depend on it.
public struct Cores: Sendable, Hashable {
    /// At least 1.
    public let count: Int

    /// A number of cores; at least one is used.
    public init(_ count: Int) {
        self.count = max(1, count)
    }

    /// All cores that this process may run on.
    public static var all: Cores { Cores(ProcessInfo.processInfo.activeProcessorCount) }

    /// Runs `body` once for each index, each on one core, and returns when all are done.
    ///
    /// Which core takes which is left open, so `body` must not let its result depend on that.
    public func forEach(_ indices: Int, _ body: @Sendable (Int) -> Void) {
        guard count > 1 && indices > 1 else {
            for index in 0..<indices { body(index) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(count, indices)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < indices else { return }
                body(index)
            }
        }
    }
}
