/// What an endpoint answers, in either form.
struct EndpointAnswer: Decodable, Sendable, Hashable {
    struct Usage: Decodable, Sendable, Hashable {
        let promptTokens: Int?
        let completionTokens: Int?

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
        }
    }

    let choices: [EndpointChoice]
    let usage: Usage?
}

/// One completion.
struct EndpointChoice: Decodable, Sendable, Hashable {
    /// Its number; completions of one request may come in any order.
    let index: Int?
    /// What was said; empty where a message has no content.
    let text: String
    /// `stop`, `length`, or something of the server's.
    let finishReason: String?
    /// The stop string that was met, where the server tells.
    let stopString: String?
    /// The tokens with their logprobs, where the server tells them.
    let tokens: [EndpointToken]?

    private enum CodingKeys: String, CodingKey {
        case index, text, message, logprobs
        case finishReason = "finish_reason"
        case stopReason = "stop_reason"
    }

    private struct Message: Decodable { let content: String? }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = try container.decodeIfPresent(Int.self, forKey: .index)
        if container.contains(.message) {
            text = try container.decode(Message.self, forKey: .message).content ?? ""
        } else {
            text = try container.decode(String.self, forKey: .text)
        }
        finishReason = try container.decodeIfPresent(String.self, forKey: .finishReason)
        // vLLM: a text, the number of a token, or null.
        stopString = (try? container.decodeIfPresent(String.self, forKey: .stopReason)) ?? nil
        tokens = try container.decodeIfPresent(EndpointTokens.self, forKey: .logprobs)?.tokens
    }
}

/// A token as an endpoint tells it.
struct EndpointToken: Sendable, Hashable {
    /// The bytes of its text; a token may be a part of a character.
    let bytes: [UInt8]
    /// Nats; nil where it has none, as the first of a text.
    let logprob: Float?
}

/// The tokens of a choice: `content` of chat, or the parallel lists of completions.
private struct EndpointTokens: Decodable {
    /// nil where neither form is there.
    let tokens: [EndpointToken]?

    private enum CodingKeys: String, CodingKey {
        case content, tokens
        case tokenLogprobs = "token_logprobs"
    }

    private struct Entry: Decodable {
        let token: String
        let logprob: Float?
        let bytes: [UInt8]?
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let content = try container.decodeIfPresent([Entry].self, forKey: .content) {
            tokens = content.map { EndpointToken(bytes: $0.bytes ?? Array($0.token.utf8), logprob: $0.logprob) }
            return
        }
        guard let texts = try container.decodeIfPresent([String].self, forKey: .tokens) else {
            tokens = nil
            return
        }
        let logprobs = try container.decode([Float?].self, forKey: .tokenLogprobs)
        guard logprobs.count == texts.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .tokenLogprobs, in: container, debugDescription: "\(logprobs.count) logprobs of \(texts.count) tokens")
        }
        tokens = zip(texts, logprobs).map { EndpointToken(bytes: Array($0.utf8), logprob: $1) }
    }
}
