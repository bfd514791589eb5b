import Synchronization

/// Collects values from closures that may run anywhere.
package final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    package init() {}

    /// What was recorded, in order.
    package var values: [Value] { recorded.withLock { $0 } }

    /// Adds a value and says how many there are now.
    @discardableResult
    package func record(_ value: Value) -> Int {
        recorded.withLock {
            $0.append(value)
            return $0.count
        }
    }
}
