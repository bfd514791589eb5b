import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and a polite request to end (SIGINT, SIGTERM).
///
/// A command that can stop at a safe point says so with `stopping(_:perform:)`, where the first signal cancels it, or with
/// `heeding(_:perform:)`, where it is told; the second ends the program at once. Without, the first one does.
final class Interruption: Sendable {
    static let shared = Interruption()

    private let stop = Mutex<(@Sendable () -> Void)?>(nil)
    private let queue = DispatchQueue(label: "autodidact.signals")

    private init() {}

    /// Begins to watch for the signals.
    func watch() {
        for number in [SIGINT, SIGTERM] {
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in
                arrived()
                // The handler holds its source: it watches until the program ends.
                withExtendedLifetime(source) {}
            }
            source.resume()
        }
    }

    /// Does the work in a task that the first signal cancels; `notice` is called before that.
    func stopping<Result: Sendable>(
        notice: @escaping @Sendable () -> Void, perform work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await work() }
        stop.withLock {
            $0 = {
                notice()
                task.cancel()
            }
        }
        defer { stop.withLock { $0 = nil } }
        return try await task.value
    }

    /// Does work that ends by itself once `notice` was called, which the first signal does.
    func heeding<Result: Sendable>(
        notice: @escaping @Sendable () -> Void, perform work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        stop.withLock { $0 = notice }
        defer { stop.withLock { $0 = nil } }
        return try await work()
    }

    private func arrived() {
        let stopping = stop.withLock { stop in
            defer { stop = nil }
            return stop
        }
        guard let stopping else { _exit(Ending.interrupted) }
        stopping()
    }
}
