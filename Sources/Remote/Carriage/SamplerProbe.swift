import Autodidact

/// Measures what the sampler of a service tells, on an adapter that nobody uses.
struct SamplerProbe {
    let model: RemoteModel
    let tokens: [TokenID]

    /// Tokens drawn, and how far two computations of a logprob may differ in coarse formats, nats.
    private static let length = 8
    private static let tolerance = 0.1

    /// What of the traits is the sampler's.
    func traits() async throws -> (readsPrompts: Bool, repeatsSamples: Bool, reportsOwnDistribution: Bool) {
        let path = try await model.push(as: "probe")
        func request(temperature: Float, promptLogprobs: Bool) -> Sample {
            Sample(
                numSamples: 1, prompt: ModelInput(tokens),
                params: .init(maxTokens: Self.length, seed: 7, stop: [], temperature: temperature, topK: -1, topP: 1), modelPath: path,
                promptLogprobs: promptLogprobs)
        }
        let first = try await sequence(request(temperature: 1, promptLogprobs: false))
        let again = try await sequence(request(temperature: 1, promptLogprobs: false))
        let cold = try await sequence(request(temperature: 0.25, promptLogprobs: false))
        return (
            try await readsPrompts(request(temperature: 1, promptLogprobs: true)), first.tokens == again.tokens,
            try await isOwn(cold)
        )
    }

    private func sequence(_ request: Sample) async throws -> Sample.Outcome.Sequence {
        guard let sequence = try await model.sample([request]).first?.sequences.first, !sequence.tokens.isEmpty else {
            throw TinkerError.unreadable(url: model.session.address.url, field: "sequences", reason: "no sample is there")
        }
        return sequence
    }

    /// A service that cannot may say so, or leave them out.
    private func readsPrompts(_ request: Sample) async throws -> Bool {
        do {
            return try await model.sample([request]).first?.logprobs(ofPrompt: tokens.count) != nil
        } catch let error as TinkerError {
            switch error {
            case .failed, .refused: return false
            default: throw error
            }
        }
    }

    private func isOwn(_ cold: Sample.Outcome.Sequence) async throws -> Bool {
        let sequence = ScoredSequence(context: tokens, targets: cold.tokens)
        guard let sampler = cold.logprobs?.compactMap(\.self), sampler.count == cold.tokens.count else { return false }
        let outcome = try await model.forward([[Datum(scoring: sequence)]])
        let trainer = (outcome.first?.outputs.first?.logprobs.data ?? []).suffix(cold.tokens.count).compactMap(\.self)
        guard trainer.count == sampler.count else { return false }
        return MismatchReading(sampler: sampler, trainer: trainer).meanAbsolute < Self.tolerance
    }
}

extension Sample.Outcome {
    /// The logprobs of a prompt's tokens from the second on; nil where they are not all there.
    ///
    /// Services give them from the second token on, or from the first on with null for it.
    func logprobs(ofPrompt count: Int) -> [Float]? {
        guard let given = promptLogprobs, given.count == count || given.count == count - 1 else { return nil }
        let known = given.suffix(count - 1).compactMap(\.self).filter(\.isFinite)
        return known.count == count - 1 ? known : nil
    }
}
