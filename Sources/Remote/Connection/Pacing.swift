public import Autodidact

/// The clock of a connection, how it waits, and for how long.
public struct Pacing: Sendable {
    /// Tells time since an arbitrary start.
    public let clock: any WorldClock
    /// Lets time pass; throws `CancellationError` where the task is cancelled.
    public let pause: @Sendable (Duration) async throws -> Void
    /// How long a service may be out of reach before the run stops.
    public var patience = Duration.seconds(300)
    /// How long one request may take to be accepted, and one wait for a result may last.
    public var attempt = Duration.seconds(60)
    /// How long the result of one request may take.
    public var longestResult = Duration.seconds(7200)
    /// How often a session says that it is there; services expect it every ten seconds.
    public var heartbeat: Duration? = .seconds(10)

    /// The pace of a clock; waiting is `pause`.
    public init(clock: any WorldClock, pause: @escaping @Sendable (Duration) async throws -> Void) {
        (self.clock, self.pause) = (clock, pause)
    }

    /// The pace of a clock that runs by itself.
    public init(clock: any WorldClock) {
        self.init(clock: clock) { try await Task.sleep(for: $0) }
    }
}
