/// Measures what an endpoint does, by a few short completions: servers drop what they do not know without a word, or refuse it.
struct EndpointProbe: Sendable {
    private static let tokens = 16
    private static let seed = 1
    /// Mean |Δ| in nats within which a sample's logprobs and those of its text, read again, are of one distribution.
    private static let tolerance = 0.05

    let connection: EndpointConnection
    let model: String

    /// Any text will do that can go on in many ways.
    private var prompt: EndpointRequest.Prompt {
        switch connection.form {
        case .chat: .messages([ChatMessage(role: .user, content: "Write a story about the sea, a lighthouse and seven ships.")])
        case .text: .text("Once upon a time, there was a lighthouse near")
        }
    }

    private func request(_ traits: EndpointTraits, temperature: Float = 1) -> EndpointRequest {
        EndpointRequest(
            model: model, prompt: prompt, maximumTokens: Self.tokens, usesCompletionLimit: traits.usesCompletionLimit,
            temperature: temperature, seed: Self.seed)
    }

    /// All readings.
    ///
    /// - Throws: `OpenAIError`, where the endpoint does not even answer the plainest request.
    func traits() async throws -> EndpointTraits {
        var traits = EndpointTraits()
        traits.usesCompletionLimit = try await usesCompletionLimit(traits)
        let sample = try await sample(traits)
        traits.tellsTokens = sample != nil
        traits.drawsSeveral = try await drawsSeveral(traits)
        traits.allTokens = try await allTokens(traits)
        traits.tellsStops = try await tellsStops(traits)
        traits.scoring = try await scoring(of: sample)
        traits.reportsOwnDistribution = try await reportsOwnDistribution(traits)
        return traits
    }

    private func usesCompletionLimit(_ traits: EndpointTraits) async throws -> Bool {
        do {
            _ = try await connection.ask(request(traits))
            return false
        } catch let error as OpenAIError {
            guard case .refused(_, 400, let said) = error, said.contains("max_completion_tokens") else { throw error }
            return true
        }
    }

    /// A completion whose tokens are told and spell its text; nil where they are not.
    private func sample(_ traits: EndpointTraits, temperature: Float = 1) async throws -> EndpointChoice? {
        var request = request(traits, temperature: temperature)
        request.wantsLogprobs = true
        guard let choice = try await connection.tries(request)?.choices.first, let tokens = choice.tokens, !tokens.isEmpty else {
            return nil
        }
        let spelled = tokens.flatMap(\.bytes)
        return spelled.starts(with: choice.text.utf8) && tokens.allSatisfy { $0.logprob?.isFinite == true } ? choice : nil
    }

    private func drawsSeveral(_ traits: EndpointTraits) async throws -> Bool {
        var request = request(traits)
        request.count = 2
        let choices = try await connection.tries(request)?.choices ?? []
        return choices.count == 2 && choices[0].text != choices[1].text
    }

    private func allTokens(_ traits: EndpointTraits) async throws -> Int? {
        for value in [-1, 0] {
            var request = request(traits)
            request.topK = value
            if try await connection.tries(request) != nil { return value }
        }
        return nil
    }

    /// Stops at the last letter of the most probable continuation, and looks whether that is told.
    private func tellsStops(_ traits: EndpointTraits) async throws -> Bool {
        var request = request(traits, temperature: 0)
        guard let last = try await connection.tries(request)?.choices.first?.text.last(where: \.isLetter) else { return false }
        request.stop = [String(last)]
        return try await connection.tries(request)?.choices.first?.stopString == String(last)
    }

    /// How a sample can be read again as a given text so that the two readings agree.
    private func scoring(of sample: EndpointChoice?) async throws -> EndpointTraits.Scoring {
        for room in [0, 1] where try await isConfirmed(sample, sampled: room) { return .echo(sampled: room) }
        return .none
    }

    /// Whether what is told at another temperature is of the model's own distribution too, which only scoring can show.
    private func reportsOwnDistribution(_ traits: EndpointTraits) async throws -> Bool {
        guard case .echo(let room) = traits.scoring else { return false }
        return try await isConfirmed(try await sample(traits, temperature: 0.5), sampled: room)
    }

    /// Whether a sample has the logprobs that it is said to have, read again as a given text.
    private func isConfirmed(_ sample: EndpointChoice?, sampled room: Int) async throws -> Bool {
        guard case .text(let context) = prompt, let sample, let tokens = sample.tokens, !sample.text.isEmpty else { return false }
        // Those of the text, without its end.
        var (told, length) = ([EndpointToken](), 0)
        for token in tokens where length < sample.text.utf8.count {
            told.append(token)
            length += token.bytes.count
        }
        let request = EchoReading.request(for: context + sample.text, model: model, sampled: room)
        guard let echoed = try await connection.tries(request)?.choices.first?.tokens else { return false }
        let reading = EchoReading(of: echoed, context: Array(context.utf8), targets: told.map(\.bytes))
        guard case .success(let logprobs) = reading.result else { return false }
        let differences = zip(logprobs, told).map { abs(Double($0) - Double($1.logprob ?? -.infinity)) }
        return differences.reduce(0, +) <= Self.tolerance * Double(differences.count)
    }
}
