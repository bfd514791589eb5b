public import Autodidact
import Randomness

extension OpenAIPolicy {
    /// The most completions of one request; servers have limits.
    private static let mostOfOne = 16
    /// The most stop strings of one request, as the API says.
    private static let mostStops = 4

    /// Some of the completions of a request that are asked for together.
    private struct Share: Sendable {
        let place: Int
        let request: EndpointRequest
    }

    /// Continues each request's prompt, at most `OpenAIOptions.connections` at a time.
    ///
    /// Seeds are made of the requests' keys; how far equal seeds give equal completions is the endpoint's affair. `maximumTokens` counts
    /// the endpoint's tokens. Logprobs are empty where the endpoint does not tell all of them, or they may be of another distribution.
    /// - Throws: `OpenAIError` or `CancellationError`; `.budgetSpent` once as many tokens were used as the options allow.
    public func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]] {
        guard options.topK == 0 || traits.allTokens != nil else {
            throw OpenAIError.unsupported(url: address.url, what: "top_k", remedy: "sample without it")
        }
        let shares = try requests.enumerated().flatMap { try self.shares(of: $1, at: $0, options) }
        let answers = try await TinkerConnection.inTurn(shares, open: self.options.connections) { share in
            (share.place, try await completions(of: share.request, options))
        }
        var groups = [[Completion]](repeating: [], count: requests.count)
        for (place, completions) in answers { groups[place] += completions }
        return groups
    }

    private func shares(of request: SamplingRequest, at place: Int, _ options: SamplingOptions) throws(OpenAIError) -> [Share] {
        guard request.count > 0 else { return [] }
        let prompt = try text.prompt(of: request.prompt)
        // Of several completions together, only tokens that are told can be counted one by one.
        let most = traits.drawsSeveral && traits.tellsTokens ? Self.mostOfOne : 1
        let sendsStops = traits.tellsStops && options.stopStrings.count <= Self.mostStops
        return stride(from: 0, to: request.count, by: most).map { first in
            var asked = EndpointRequest(
                model: address.model, prompt: prompt, maximumTokens: options.maximumTokens, usesCompletionLimit: traits.usesCompletionLimit,
                temperature: options.temperature, topP: options.topP, topK: options.topK > 0 ? options.topK : traits.allTokens,
                // 30 bits, which all servers take.
                seed: Int(request.key("sample", first).key >> 34))
            asked.count = min(most, request.count - first)
            asked.stop = sendsStops ? options.stopStrings : []
            asked.wantsLogprobs = traits.tellsTokens
            return Share(place: place, request: asked)
        }
    }

    private func completions(of request: EndpointRequest, _ options: SamplingOptions) async throws -> [Completion] {
        let answer = try await connection.ask(request)
        guard answer.choices.count == request.count else {
            throw OpenAIError.inconsistent(
                url: address.url, reason: "\(request.count) completions were asked for, and \(answer.choices.count) came")
        }
        let reader = ChoiceReader(
            text: text, url: address.url, options: options, isOwn: options.isPlain || traits.reportsOwnDistribution)
        let inOrder = answer.choices.enumerated().sorted { ($0.element.index ?? $0.offset) < ($1.element.index ?? $1.offset) }
        let counted = request.count == 1 ? answer.usage?.completionTokens : nil
        return try inOrder.map { try reader.completion(of: $0.element, counted: counted) }
    }
}
