public import Autodidact

extension OpenAIPolicy {
    /// The logprob of each target after its context, where the endpoint gives a text back with them.
    ///
    /// The endpoint cuts texts into tokens of its own; a logprob goes to the target in which such a token begins, so that sums are right.
    /// - Throws: `OpenAIError`; `.unsupported` where the endpoint scores nothing, `.request` for what it cannot score: the end of a turn,
    ///   nothing before the targets, or a border that lies within one of its tokens.
    public func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>] {
        guard case .echo(let room) = traits.scoring else {
            throw OpenAIError.unsupported(
                url: address.url, what: "logprobs of given texts",
                remedy: "use a model of this machine, or an endpoint whose completions know echo and logprobs")
        }
        return try await TinkerConnection.inTurn(sequences, open: options.connections) { sequence in
            Logprobs(try await logprobs(of: sequence, sampled: room))
        }
    }

    private func logprobs(of sequence: ScoredSequence, sampled room: Int) async throws -> [Float] {
        if sequence.targets.isEmpty { return [] }
        let all = sequence.context + sequence.targets
        guard !sequence.context.isEmpty, !all.contains(where: Self.isMark) else {
            throw OpenAIError.request("an endpoint scores text that follows other text, and no ends of turns")
        }
        let (context, targets) = (text.pieces.bytes(sequence.context), text.pieces.bytes(sequence.targets))
        let asked = EchoReading.request(for: text.decode(all), model: address.model, sampled: room)
        guard let echoed = try await connection.ask(asked).choices.first?.tokens else {
            throw OpenAIError.unreadable(url: connection.place, field: "choices.0.logprobs", reason: "it is missing")
        }
        switch EchoReading(of: echoed, context: Array(context.joined()), targets: targets).result {
        case .success(let logprobs): return logprobs
        case .failure(.border):
            throw OpenAIError.request(
                "the endpoint \(address.url) makes one token of the end of a context and the beginning of what follows, which so has no "
                    + "logprob of its own; end the context in a line break")
        case .failure(.otherText):
            throw OpenAIError.inconsistent(url: address.url, reason: "a text did not come back as it was sent")
        case .failure(.noNumber):
            throw OpenAIError.inconsistent(url: address.url, reason: "a token that is not the first has no logprob")
        }
    }

    private static func isMark(_ token: TokenID) -> Bool { (TokenPieces.user...TokenPieces.end).contains(token) }
}
