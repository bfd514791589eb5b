import Synchronization
import Testing

@testable import Sandbox

@Suite("A turnstile")
struct TurnstileTests {
    /// Counts who is inside.
    private final class Crowd: Sendable {
        private let state = Mutex((inside: 0, most: 0, done: 0))

        func come() {
            state.withLock {
                $0.inside += 1
                $0.most = max($0.most, $0.inside)
            }
        }

        func go() {
            state.withLock {
                $0.inside -= 1
                $0.done += 1
            }
        }

        var figures: (most: Int, done: Int) { state.withLock { ($0.most, $0.done) } }
    }

    @Test("never lets more through at once than it may, and all in the end", arguments: [1, 3])
    func bound(count: Int) async {
        let (turnstile, crowd) = (Turnstile(count), Crowd())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await turnstile.pass {
                        crowd.come()
                        await Task.yield()
                        crowd.go()
                    }
                }
            }
        }
        #expect(crowd.figures.most <= count && crowd.figures.done == 100)
    }
}
