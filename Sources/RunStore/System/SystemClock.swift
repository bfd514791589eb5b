public import Autodidact
import Foundation

/// The clocks of this machine.
public struct SystemClock: WorldClock {
    private let start = ContinuousClock.now

    /// Clocks whose monotonic time starts now.
    public init() {}

    /// Time since this value was made, sleep of the machine included.
    public func monotonic() -> Duration {
        start.duration(to: .now)
    }

    /// Seconds since 1970-01-01 UTC.
    public func secondsSince1970() -> Double {
        Date().timeIntervalSince1970
    }
}
