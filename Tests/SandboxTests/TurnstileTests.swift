import Synchronization
import Testing

@testable import Sandbox

@Suite("A turnstile")
struct TurnstileTests {
    private struct Count {
        var inside = 0
        var most = 0
        var done = 0
    }

    private final class Crowd: Sendable {
        let count = Mutex(Count())
    }

    @Test("never lets more through at once than it may, and all in the end", arguments: [1, 3])
    func bound(count: Int) async {
        let turnstile = Turnstile(count)
        let crowd = Crowd()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await turnstile.pass {
                        crowd.count.withLock {
                            $0.inside += 1
                            $0.most = max($0.most, $0.inside)
                        }
                        await Task.yield()
                        crowd.count.withLock {
                            $0.inside -= 1
                            $0.done += 1
                        }
                    }
                }
            }
        }
        let (most, done) = crowd.count.withLock { ($0.most, $0.done) }
        #expect(most <= count && done == 100)
    }

    @Test("who is cancelled no longer waits, and takes no turn")
    func cancellation() async {
        let turnstile = Turnstile(1)
        #expect(await turnstile.enter())
        let patient = Task { await turnstile.enter() }
        let cancelled = Task { await turnstile.enter() }
        cancelled.cancel()
        #expect(await !cancelled.value)
        turnstile.leave()
        #expect(await patient.value)
        turnstile.leave()
        #expect(await turnstile.enter())
    }
}
