extension TinkerConnection {
    /// Queues all requests in their order, each before the result of the one before is there, and waits for all results.
    ///
    /// The service so has the next request while it computes. Results come in the order of the requests. At most `open` results are
    /// waited for at once, since each wait holds a connection.
    func performAll<Request: PromisedCall>(
        _ requests: [Request], isKnownAgain: Bool = false, open: Int = 32
    ) async throws -> [Request.Outcome] {
        var promises: [Promise] = []
        for request in requests { promises.append(try await ask(request, isKnownAgain: isKnownAgain)) }
        let queued = Array(zip(requests, promises))
        return try await withThrowingTaskGroup(of: (Int, Request.Outcome).self) { group in
            var next = 0
            var outcomes = [Request.Outcome?](repeating: nil, count: queued.count)
            func wait() {
                guard next < queued.count else { return }
                let (place, (request, promise)) = (next, queued[next])
                next += 1
                group.addTask { (place, try await outcome(of: request, promised: promise, isKnownAgain: isKnownAgain)) }
            }
            for _ in 0..<max(open, 1) { wait() }
            while let (place, outcome) = try await group.next() {
                outcomes[place] = outcome
                wait()
            }
            return outcomes.compactMap(\.self)
        }
    }
}
