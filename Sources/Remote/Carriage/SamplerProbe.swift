import Autodidact

/// Measures what the sampler of a service tells, on an adapter that nobody uses.
struct SamplerProbe {
    let model: RemoteModel
    let tokens: [TokenID]

    /// Tokens of a sample, and samples: enough that they are not the same by chance.
    private static let length = 8
    private static let samples = 16
    /// How far two computations of a logprob may differ in coarse formats, mean |Δ| in nats.
    private static let tolerance = 0.1

    /// What of the traits is the sampler's.
    func traits() async throws -> (readsPrompts: Bool, repeatsSamples: Bool, reportsOwnDistribution: Bool) {
        let path = try await model.push(as: "probe")
        func request(temperature: Float, promptLogprobs: Bool) -> Sample {
            Sample(
                numSamples: promptLogprobs ? 1 : Self.samples, prompt: ModelInput(tokens),
                params: .init(maxTokens: Self.length, seed: 7, stop: [], temperature: temperature, topK: -1, topP: 1), modelPath: path,
                promptLogprobs: promptLogprobs)
        }
        let first = try await sequences(request(temperature: 1, promptLogprobs: false))
        let again = try await sequences(request(temperature: 1, promptLogprobs: false))
        let cold = try await sequences(request(temperature: 0.25, promptLogprobs: false))
        return (
            try await readsPrompts(request(temperature: 1, promptLogprobs: true)), first.map(\.tokens) == again.map(\.tokens),
            try await areOwn(cold)
        )
    }

    private func sequences(_ request: Sample) async throws -> [Sample.Outcome.Sequence] {
        let sequences = try await model.sample([request]).first?.sequences ?? []
        guard sequences.count == Self.samples, sequences.allSatisfy({ !$0.tokens.isEmpty }) else {
            throw TinkerError.unreadable(url: model.session.address.url, field: "sequences", reason: "samples are missing")
        }
        return sequences
    }

    /// A service that cannot may say so, or leave them out.
    private func readsPrompts(_ request: Sample) async throws -> Bool {
        do {
            return try await model.sample([request]).first?.logprobs(ofPrompt: tokens.count) != nil
        } catch let error as TinkerError {
            guard error.isAboutRequest else { throw error }
            return false
        }
    }

    private func areOwn(_ cold: [Sample.Outcome.Sequence]) async throws -> Bool {
        let sampler = cold.map { ($0.logprobs ?? []).compactMap(\.self) }
        guard zip(sampler, cold).allSatisfy({ $0.count == $1.tokens.count }) else { return false }
        let sequences = cold.map { ScoredSequence(context: tokens, targets: $0.tokens) }
        let trainer = try await TinkerPolicy.logprobs(of: sequences, by: model, limits: RequestLimits())
        return MismatchReading(sampler: sampler.flatMap(\.self), trainer: trainer.flatMap(\.self)).meanAbsolute < Self.tolerance
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
