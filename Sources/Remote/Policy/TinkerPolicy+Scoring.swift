public import Autodidact

extension TinkerPolicy {
    /// The logprob of each target after its context.
    ///
    /// - Throws: `TinkerError`; `.notFinite` where one is not, `.request` for a sequence that does not fit.
    public func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>] {
        try check()
        for sequence in sequences { try check(sequence) }
        return try await Self.logprobs(of: sequences, by: model, limits: options.limits).map { Logprobs($0) }
    }

    /// The logprobs of targets by a model's forward pass, in requests of bounded size.
    static func logprobs(of sequences: [ScoredSequence], by model: RemoteModel, limits: RequestLimits) async throws -> [[Float]] {
        let scored = sequences.indices.filter { !sequences[$0].targets.isEmpty }
        let cuts = limits.cut(
            scored.map { RequestLimits.size(of: sequences[$0].context + sequences[$0].targets, trained: 0) })
        let outcomes = try await model.forward(cuts.map { cut in scored[cut].map { Datum(scoring: sequences[$0]) } })
        var logprobs = [[Float]](repeating: [], count: sequences.count)
        for (cut, outcome) in zip(cuts, outcomes) {
            let places = scored[cut]
            let read = try outcome.logprobs(
                positions: places.map { sequences[$0].context.count + sequences[$0].targets.count - 1 }, url: model.session.address.url)
            for (place, values) in zip(places, read) { logprobs[place] = Array(values.suffix(sequences[place].targets.count)) }
        }
        return logprobs
    }

    func check(_ sequence: ScoredSequence) throws(TinkerError) {
        let count = sequence.context.count + sequence.targets.count
        guard !sequence.context.isEmpty else { throw .request("a sequence has no context; the first token cannot be scored") }
        guard count <= contextLength else {
            throw .request("a sequence has \(count) tokens, but the model has \(contextLength) positions; shorten the responses")
        }
    }
}

extension PassOutcome {
    /// The logprobs at all positions of each sequence, which must be as many as were asked about.
    func logprobs(positions: [Int], url: String) throws(TinkerError) -> [[Float]] {
        guard outputs.count == positions.count else {
            throw .inconsistent(url: url, reason: "a pass over \(positions.count) sequences answers for \(outputs.count)")
        }
        var all: [[Float]] = []
        for (place, (output, count)) in zip(outputs, positions).enumerated() {
            let values = output.logprobs.data
            guard values.count == count else {
                throw .inconsistent(url: url, reason: "a sequence of \(count) positions has \(values.count) logprobs")
            }
            let known = values.compactMap(\.self)
            guard known.count == count, known.allSatisfy(\.isFinite) else {
                throw .notFinite(url: url, field: "loss_fn_outputs.\(place).logprobs")
            }
            all.append(known)
        }
        return all
    }
}
