import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and a polite request to end (SIGINT, SIGTERM).
///
/// A command that can stop at a safe point says so with `stopping(_:perform:)`: the first signal then cancels it, the second ends
/// the program at once. Without, the first one does.
final class Interruption: Sendable {
    static let shared = Interruption()

    private struct State {
        var sources: [any DispatchSourceSignal] = []
        var stop: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "autodidact.signals")

    private init() {}

    /// Begins to watch for the signals.
    func watch() {
        for number in [SIGINT, SIGTERM] {
            _ = unsafe signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in arrived() }
            source.resume()
            state.withLock { $0.sources.append(source) }
        }
    }

    /// Does the work in a task that the first signal cancels; `notice` is called before that.
    func stopping<Result: Sendable>(
        notice: @escaping @Sendable () -> Void, perform work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await work() }
        state.withLock {
            $0.stop = {
                notice()
                task.cancel()
            }
        }
        defer { state.withLock { $0.stop = nil } }
        return try await task.value
    }

    private func arrived() {
        let stop = state.withLock { state in
            defer { state.stop = nil }
            return state.stop
        }
        guard let stop else { _exit(Ending.interrupted) }
        stop()
    }
}
