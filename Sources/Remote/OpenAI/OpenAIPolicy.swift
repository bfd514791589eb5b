public import Autodidact
import Randomness

/// A model behind an OpenAI-compatible endpoint as a policy: sampled, and scored where the endpoint offers it; never trained.
///
/// Endpoints take and give texts. So a text is its bytes here, and what a model says is the tokens that the endpoint tells, where it tells
/// them with their logprobs (`ChoiceReader`). What the endpoint does is measured when it is opened (`EndpointProbe`), and what it lacks is
/// missing from `capabilities`: recipes that need it are refused before they begin. Its weights are not known; nothing proves that they
/// stay the same.
public struct OpenAIPolicy: Policy {
    /// As the command line names it.
    public let name: String
    let address: OpenAIAddress
    let options: OpenAIOptions
    let traits: EndpointTraits
    let connection: EndpointConnection
    let text: EndpointText

    /// `.logprobs`, where a given text comes back with them; never training or snapshots.
    public var capabilities: Set<Capability> { traits.scoring == .none ? [] : [.logprobs] }

    /// As much as can be counted: what is too long is said by the endpoint, whose tokens these are not.
    public var contextLength: Int { text.contextLength }

    /// The token that ends a turn; nil where the model continues texts.
    public var endOfTurn: TokenID? { text.endOfTurn }

    /// The bytes of a text.
    public func encode(_ text: String) -> [TokenID] { self.text.encode(text) }

    /// The user's turn that says the text, or the text itself where the model continues texts.
    public func prompt(for text: String) -> [TokenID] { self.text.prompt(for: text) }

    /// The user's next turn, or the text itself where the model continues texts.
    public func followUp(to text: String, isClosed: Bool) -> [TokenID] { self.text.followUp(to: text, isClosed: isClosed) }

    /// The text of tokens, without marks of turns.
    public func decode(_ tokens: [TokenID]) -> String { text.decode(tokens) }

    /// Tokens that the endpoint has used since it was opened, prompts and measuring included.
    public var tokensUsed: Int { connection.budget.used }

    /// Lets go of its connections.
    ///
    /// - Throws: What the connections throw.
    public func close() async throws { try await connection.close() }
}

extension OpenAIPolicy {
    /// Connects to an endpoint and measures what it does.
    ///
    /// - Parameter key: Sent as a bearer token, never in clear to another machine.
    /// - Throws: `OpenAIError`, or `CancellationError`.
    public static func open(_ address: OpenAIAddress, key: Secret?, options: OpenAIOptions, pacing: Pacing) async throws -> OpenAIPolicy {
        guard key == nil || !address.isInClear else { throw OpenAIError.keyInClear(url: address.url) }
        let transport = HTTPTransport(toEndpoint: address.url, key: key, attempt: pacing.attempt)
        return try await open(address, over: transport, options: options, pacing: pacing)
    }

    /// As `open`, over any transport, which is closed where this fails.
    static func open(
        _ address: OpenAIAddress, over transport: any Transport, options: OpenAIOptions, pacing: Pacing
    ) async throws -> OpenAIPolicy {
        let connection = EndpointConnection(
            to: address.url, form: options.form, over: transport, pacing: pacing, budget: TokenBudget(options.tokenBudget))
        do {
            let traits = try await EndpointProbe(connection: connection, model: address.model).traits()
            return OpenAIPolicy(
                name: address.description, address: address, options: options, traits: traits, connection: connection,
                text: EndpointText(form: options.form))
        } catch {
            // The first error says more than one of closing what was half opened.
            do { try await connection.close() } catch {}
            throw error
        }
    }

    /// What the endpoint was measured to do, in words for lists.
    public var findings: [String] {
        var findings = [traits.tellsTokens ? "tells tokens with logprobs" : "tells no logprobs"]
        findings.append(traits.drawsSeveral ? "draws several completions of a request" : "draws one completion of a request")
        if traits.allTokens == nil { findings.append("knows no top_k, so that the server's own applies") }
        if !traits.tellsStops { findings.append("does not tell stop strings, which are looked for here") }
        findings.append(capabilities.contains(.logprobs) ? "scores given texts" : "scores no given texts")
        return findings
    }
}
