import Synchronization

/// Sandboxes that run tests, one set of them after another, each in a fork of its own.
///
/// Tests are the task author's and see nothing of a program but plain data, so their sandbox may live on; one that failed may not.
final class CheckerPool: Sendable {
    private struct State {
        var idle: [ChildProcess] = []
        var uses: [ObjectIdentifier: Int] = [:]
        var isClosed = false
    }

    private let start: @Sendable () -> ChildProcess
    private let state = Mutex(State())
    /// So that what a checker may write in its life stays far below its limit.
    private static let usesOfOne = 200

    init(start: @escaping @Sendable () -> ChildProcess) {
        self.start = start
    }

    /// A checker that waits for an order; the caller gives it back.
    func take() async throws(SandboxError) -> ChildProcess {
        if let checker = state.withLock({ $0.idle.popLast() }) { return checker }
        let checker = start()
        do throws(SandboxError) {
            try await checker.awaitReady()
        } catch {
            await checker.end()
            throw error
        }
        return checker
    }

    /// Keeps a checker for the next order where it finished its own, else ends it.
    func giveBack(_ checker: ChildProcess, isIntact: Bool) async {
        let isKept = state.withLock { state in
            let uses = state.uses[ObjectIdentifier(checker), default: 0] + 1
            guard isIntact && !state.isClosed && uses < Self.usesOfOne else {
                state.uses[ObjectIdentifier(checker)] = nil
                return false
            }
            state.uses[ObjectIdentifier(checker)] = uses
            state.idle.append(checker)
            return true
        }
        if !isKept { await checker.end() }
    }

    /// Ends those that wait; those in use are ended when they come back.
    func close() async {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            state.isClosed = true
            return state.idle
        }
        for checker in idle { await checker.end() }
    }
}
