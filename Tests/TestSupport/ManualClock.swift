import Autodidact
import Synchronization

/// A clock that stands still until it is told to go on.
package final class ManualClock: WorldClock {
    private let now = Mutex(Duration.zero)

    /// A clock at zero.
    package init() {}

    /// Lets time pass.
    package func advance(by duration: Duration) {
        now.withLock { $0 += duration }
    }

    /// The time passed so far.
    package func monotonic() -> Duration { now.withLock { $0 } }

    /// The time passed so far, as if the test had begun at the start of 1970.
    package func secondsSince1970() -> Double { monotonic() / .seconds(1) }
}
