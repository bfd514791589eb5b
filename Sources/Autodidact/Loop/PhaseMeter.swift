import Synchronization

/// Attributes the time of a run to phases, without gaps.
///
/// Invariant: the phases always add up to the wall time, because each charge covers exactly the time since the one before. What a
/// recipe does between two calls of its workshop thus counts towards the phase of the second.
public final class PhaseMeter: Sendable {
    private struct State {
        var last: Duration
        var spent = RunExpense()
    }

    private let clock: any WorldClock
    private let state: Mutex<State>

    /// A meter that starts now.
    public init(clock: any WorldClock) {
        self.clock = clock
        state = Mutex(State(last: clock.monotonic()))
    }

    /// Everything charged so far, and what was carried over from before a resume.
    public var spent: RunExpense { state.withLock { $0.spent } }

    /// Attributes the time since the last charge to a phase.
    public func charge(_ phase: Phase) {
        state.withLock { state in
            let now = clock.monotonic()
            let elapsed = (now - state.last) / .seconds(1)
            state.last = now
            state.spent.seconds[phase] += elapsed
            state.spent.wall += elapsed
        }
    }

    /// Adds what a run had spent before it was resumed.
    func carry(_ expense: RunExpense) {
        state.withLock { state in
            state.spent.seconds = state.spent.seconds + expense.seconds
            state.spent.wall += expense.wall
        }
    }
}
