extension TinkerConnection {
    /// Queues all requests, each before the result of another is waited for, and gives the results in the order of the requests.
    ///
    /// The service so has the next request while it computes. Requests that change the model are queued one after the other, so that sums
    /// are made in the same order each time; others at once, since a distant service takes long to answer each. At most `open` requests
    /// are under way at once: each wait holds a connection.
    func performAll<Request: PromisedCall>(
        _ requests: [Request], isKnownAgain: Bool = false, open: Int = 32
    ) async throws -> [Request.Outcome] {
        let isOrdered = requests.contains { $0.repetition == .numbered }
        let promises = try await Self.inTurn(requests, open: isOrdered ? 1 : open) { try await ask($0, isKnownAgain: isKnownAgain) }
        return try await Self.inTurn(Array(zip(requests, promises)), open: open) { request, promise in
            try await outcome(of: request, promised: promise, isKnownAgain: isKnownAgain)
        }
    }

    /// Does something with each input, at most `open` of them at once; the results are in the order of the inputs.
    static func inTurn<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], open: Int, _ body: @escaping @Sendable (Input) async throws -> Output
    ) async throws -> [Output] {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var waiting = inputs.enumerated().makeIterator()
            func begin() {
                guard let (place, input) = waiting.next() else { return }
                group.addTask { (place, try await body(input)) }
            }
            for _ in 0..<max(open, 1) { begin() }
            var outputs = [Output?](repeating: nil, count: inputs.count)
            while let (place, output) = try await group.next() {
                outputs[place] = output
                begin()
            }
            return outputs.compactMap(\.self)
        }
    }
}
