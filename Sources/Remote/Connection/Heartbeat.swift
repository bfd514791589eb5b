import Synchronization

/// Keeps a session alive from the side, and knows whether it still is.
///
/// A service unloads the models of a session that falls silent, also while the client waits for a long result.
final class Heartbeat: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var failure: TinkerError?
    }

    private let connection: TinkerConnection
    private let sessionID: String
    private let state = Mutex(State())

    init(of sessionID: String, over connection: TinkerConnection) {
        (self.sessionID, self.connection) = (sessionID, connection)
    }

    /// Beats at the connection's pace until `stop`; without a pace never.
    func start() {
        guard let interval = connection.pacing.heartbeat else { return }
        let task = Task { [weak self, pause = connection.pacing.pause] in
            while let self, await beat() {
                do { try await pause(interval) } catch { return }
            }
        }
        state.withLock { $0.task = task }
    }

    /// One beat; false where the session is lost and no further one has a purpose.
    func beat() async -> Bool {
        do {
            _ = try await connection.ask(SessionHeartbeat(sessionID: sessionID))
            return true
        } catch let error as TinkerError {
            let failure: TinkerError =
                if case .refused(let url, 404, _) = error { .forgotten(url: url, what: "session \(sessionID)") } else { error }
            state.withLock { $0.failure = failure }
            return false
        } catch {
            // Cancelled: the session is being closed.
            return false
        }
    }

    /// Stops where the session is lost, which the service may not say of what is under way.
    func check() throws(TinkerError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// The last beat has been sent.
    func stop() {
        let task = state.withLock { state in
            defer { state.task = nil }
            return state.task
        }
        task?.cancel()
    }

    deinit { stop() }
}
