import Testing

@testable import Sandbox

@Suite("Turns")
struct TurnQueueTests {
    @Test("are so many, and who waits gets the next, or gives up")
    func turns() async {
        let turns = TurnQueue(2)
        #expect(await turns.take())
        #expect(await turns.take())
        let patient = Task { await turns.take() }
        let cancelled = Task { await turns.take() }
        cancelled.cancel()
        #expect(await !cancelled.value)
        turns.giveBack()
        #expect(await patient.value)
        turns.giveBack()
        #expect(await turns.take())
    }
}
