import Autodidact
import LanguageModel

/// Who is in the batch and who waits for a place in it, first come first served.
struct BatchRoster {
    /// One sequence of one request.
    private struct Place: Hashable {
        let request: Int
        let sequence: Int
    }

    private let tokenizer: BPETokenizer
    private let stopTokens: Set<TokenID>
    private var requests: [Int: OpenRequest] = [:]
    private var waiting: [Place] = []
    /// Those in the batch by the ids that it knows them by.
    private var placed: [Int: Place] = [:]
    private var nextID = 0

    init(tokenizer: BPETokenizer, stopTokens: Set<TokenID>) {
        self.tokenizer = tokenizer
        self.stopTokens = stopTokens
    }

    /// Whether nothing is left to do.
    var isEmpty: Bool { waiting.isEmpty && placed.isEmpty }

    /// Takes requests in, and lets those go that were given up; returns how many sequences wait no longer.
    mutating func receive(_ news: (arrivals: [WaitingRoom.Arrival], givenUp: Set<Int>), in batch: ContinuousBatch) -> Int {
        for arrival in news.arrivals {
            requests[arrival.number] = OpenRequest(arrival, tokenizer: tokenizer)
            waiting += (0..<arrival.request.sequences).map { Place(request: arrival.number, sequence: $0) }
        }
        for number in news.givenUp { requests.removeValue(forKey: number)?.abandon() }
        for (id, place) in placed where news.givenUp.contains(place.request) {
            placed[id] = nil
            batch.leave(id)
        }
        let before = waiting.count
        if !news.givenUp.isEmpty { waiting.removeAll { news.givenUp.contains($0.request) } }
        return before - waiting.count
    }

    /// Gives free rows to those who wait, until their prompts are longer together than a step should read; returns how many.
    mutating func admit(to batch: ContinuousBatch, promptTokens: Int) -> Int {
        var (taken, read) = (0, 0)
        var free = batch.freeRows
        while free > 0, taken < waiting.count, let request = requests[waiting[taken].request] {
            let entry = request.entry(waiting[taken].sequence, stopTokens: stopTokens)
            // One prompt alone is read, however long it is.
            if read > 0 && read + entry.prompt.count > promptTokens { break }
            batch.join(entry, id: nextID)
            placed[nextID] = waiting[taken]
            (nextID, taken, read, free) = (nextID + 1, taken + 1, read + entry.prompt.count, free - 1)
        }
        waiting.removeFirst(taken)
        return taken
    }

    /// Tells what a step did.
    mutating func receive(_ outcomes: [BatchOutcome], in batch: ContinuousBatch) {
        for outcome in outcomes {
            guard let place = placed[outcome.id], var request = requests.removeValue(forKey: place.request) else { continue }
            let staysInBatch = request.receive(outcome, of: place.sequence)
            if !staysInBatch { batch.leave(outcome.id) }
            if !staysInBatch || outcome.end != nil { placed[outcome.id] = nil }
            if !request.open.isEmpty { requests[place.request] = request }
        }
    }

    /// Ends the events of all requests that are open.
    mutating func abandonAll() {
        for request in requests.values { request.abandon() }
        (requests, waiting, placed) = ([:], [], [:])
    }
}
