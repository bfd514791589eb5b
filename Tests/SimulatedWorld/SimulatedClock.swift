import Autodidact
import Randomness
import Synchronization

/// A clock whose monotonic time now and then jumps forward, and whose wall clock also jumps backward.
final class SimulatedClock: WorldClock {
    private struct State {
        var generator: KeyedGenerator
        var now = Duration.zero
        var wall = 1_790_000_000.0
        var skips = 0
    }

    private let state: Mutex<State>

    init(seed: SeedTree) { state = Mutex(State(generator: seed.generator)) }

    /// How often time jumped.
    var skips: Int { state.withLock { $0.skips } }

    func monotonic() -> Duration {
        state.withLock { state in
            state.now += .microseconds(1 + state.generator.index(below: 1000))
            if state.generator.index(below: 50) == 0 {
                state.now += .seconds(1 + state.generator.index(below: 1_000_000))
                state.skips += 1
            }
            return state.now
        }
    }

    func secondsSince1970() -> Double {
        state.withLock { state in
            state.wall += (state.generator.uniform() - 0.5) * 1e6
            state.skips += 1
            return state.wall
        }
    }
}
