import Foundation
import Synchronization

/// What a process writes, while it is written.
final class FollowedText: Sendable {
    private struct State {
        var process: pid_t?
        var bytes: [UInt8] = []
        var isClosed = false
        var waiter: (isReached: @Sendable (String) -> Bool, continuation: CheckedContinuation<Bool, Never>)?

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private let state = Mutex(State())

    /// All that was written so far.
    var text: String { state.withLock { $0.text } }

    /// Who writes; nil before it has begun and after it has ended.
    var process: pid_t? { state.withLock { $0.isClosed ? nil : $0.process } }

    /// The process has started.
    func begin(_ process: pid_t) {
        state.withLock { $0.process = process }
    }

    /// The process has written.
    func append(_ bytes: Data) {
        state.withLock { state in
            state.bytes += bytes
            Self.wake(&state)
        }
    }

    /// Nothing more will be written.
    func close() {
        state.withLock { state in
            state.isClosed = true
            Self.wake(&state)
        }
    }

    /// Waits until the text fulfils a condition; false where it was closed before.
    ///
    /// One waits at a time.
    func reaches(_ isReached: @escaping @Sendable (String) -> Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.waiter = (isReached, continuation)
                Self.wake(&state)
            }
        }
    }

    private static func wake(_ state: inout State) {
        guard let waiter = state.waiter else { return }
        let isReached = waiter.isReached(state.text)
        guard isReached || state.isClosed else { return }
        state.waiter = nil
        waiter.continuation.resume(returning: isReached)
    }
}
