import Synchronization

/// Continuations that wait for a place in a batch, handed out in order to whoever asks.
final class ContinuationQueue: Sendable {
    /// One sample of one request.
    typealias Entry = (request: Int, member: Int)

    /// How many there were at first.
    let count: Int
    private let waiting: Mutex<ArraySlice<Entry>>

    init(_ entries: ArraySlice<Entry>) {
        count = entries.count
        waiting = Mutex(entries)
    }

    /// Takes the next ones, at most `limit`; none where nothing waits.
    func take(_ limit: Int) -> ArraySlice<Entry> {
        waiting.withLock { waiting in
            let next = waiting.prefix(limit)
            waiting = waiting.dropFirst(limit)
            return next
        }
    }
}
