/// A message of a conversation.
struct ChatMessage: Codable, Sendable, Hashable {
    enum Role: String, Codable, Sendable {
        case user, assistant
    }

    let role: Role
    let content: String
}

/// Asks for continuations of a conversation (`chat/completions`) or of a text (`completions`).
///
/// Whatever decides about the distribution is always sent, since servers take other values than 1 and 0 from a model's own files where it
/// is missing; what an endpoint was not measured to know is never sent, since some refuse every request that has it.
struct EndpointRequest: Encodable, Sendable, Hashable {
    enum Prompt: Sendable, Hashable {
        case messages([ChatMessage])
        case text(String)
    }

    let model: String
    let prompt: Prompt
    let maximumTokens: Int
    /// Whether the length goes by its newer name, which some models at the maker's own service insist on.
    var usesCompletionLimit = false
    var temperature: Float = 1
    var topP: Float = 1
    /// What keeps all tokens is -1 at some servers and 0 at others; nil is not sent.
    var topK: Int?
    let seed: Int
    /// Completions of one request; 1 is not sent.
    var count = 1
    var stop: [String] = []
    /// Whether logprobs of what is sampled are asked for.
    var wantsLogprobs = false
    /// Whether the prompt's own tokens come back before what is sampled.
    var echo = false

    private enum CodingKeys: String, CodingKey {
        case model, messages, prompt, temperature, seed, n, stop, logprobs, echo
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
        case topP = "top_p"
        case topK = "top_k"
        case frequencyPenalty = "frequency_penalty"
        case presencePenalty = "presence_penalty"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        switch prompt {
        case .messages(let messages):
            try container.encode(messages, forKey: .messages)
            if wantsLogprobs { try container.encode(true, forKey: .logprobs) }
        case .text(let text):
            try container.encode(text, forKey: .prompt)
            // The number of alternatives; 0 is taken for none at all by some servers.
            if wantsLogprobs { try container.encode(1, forKey: .logprobs) }
        }
        try container.encode(maximumTokens, forKey: usesCompletionLimit ? .maxCompletionTokens : .maxTokens)
        try container.encode(temperature, forKey: .temperature)
        try container.encode(topP, forKey: .topP)
        try container.encodeIfPresent(topK, forKey: .topK)
        try container.encode(seed, forKey: .seed)
        try container.encode(0, forKey: .frequencyPenalty)
        try container.encode(0, forKey: .presencePenalty)
        if count > 1 { try container.encode(count, forKey: .n) }
        if !stop.isEmpty { try container.encode(stop, forKey: .stop) }
        if echo { try container.encode(true, forKey: .echo) }
    }
}
