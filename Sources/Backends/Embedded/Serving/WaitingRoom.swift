import Autodidact
import Synchronization

/// The requests that came in, those given up, and the bell that wakes who works on them.
final class WaitingRoom: Sendable {
    /// A request with the number that it got.
    struct Arrival: Sendable {
        let number: Int
        let request: GenerationRequest
        let events: AsyncStream<GenerationEvent>.Continuation
    }

    private struct State {
        var next = 0
        var arrivals: [Arrival] = []
        var givenUp: Set<Int> = []
        /// Sequences that were taken in and have no place in the batch yet.
        var waiting = 0
        var isClosed = false
    }

    /// Rings where something has come since it rang last.
    let bell: AsyncStream<Void>
    private let rope: AsyncStream<Void>.Continuation
    private let state = Mutex(State())
    private let waitingAtMost: Int

    /// A room in which at most so many sequences wait.
    init(waitingAtMost: Int) {
        self.waitingAtMost = waitingAtMost
        (bell, rope) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a request in, or refuses it where as many sequences wait as may.
    func enter(_ request: GenerationRequest) throws(GenerationRefusal) -> GenerationTicket {
        let (events, continuation) = AsyncStream.makeStream(of: GenerationEvent.self)
        let outcome = state.withLock { state -> Result<Int, GenerationRefusal> in
            guard !state.isClosed else { return .failure(.stopped) }
            guard state.waiting + request.sequences <= waitingAtMost else { return .failure(.busy) }
            state.next += 1
            state.waiting += request.sequences
            state.arrivals.append(Arrival(number: state.next, request: request, events: continuation))
            return .success(state.next)
        }
        let number = try outcome.get()
        let cancel: @Sendable () -> Void = { [weak self] in self?.giveUp(number) }
        continuation.onTermination = { if case .cancelled = $0 { cancel() } }
        rope.yield()
        return GenerationTicket(events: events, cancel: cancel)
    }

    /// What has come, and which requests were given up, since this was last asked.
    func takeNews() -> (arrivals: [Arrival], givenUp: Set<Int>) {
        state.withLock { state in
            defer { (state.arrivals, state.givenUp) = ([], []) }
            return (state.arrivals, state.givenUp)
        }
    }

    /// So many sequences wait no longer.
    func leave(_ sequences: Int) { state.withLock { $0.waiting -= sequences } }

    /// Takes nobody in any more; the bell falls silent.
    func close() {
        state.withLock { $0.isClosed = true }
        rope.finish()
    }

    private func giveUp(_ number: Int) {
        state.withLock { _ = $0.givenUp.insert(number) }
        rope.yield()
    }
}
