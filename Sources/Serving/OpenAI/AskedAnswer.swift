import Autodidact

/// What a request asks for, by itself: nothing of it is held against a model yet.
struct AskedAnswer: Sendable, Hashable {
    /// One of the things that are to be continued.
    enum Prompt: Sendable, Hashable {
        case text(String)
        case tokens([TokenID])
        case conversation([ConversationTurn])
    }

    /// Whether it came to `chat/completions`; else to `completions`.
    var isChat: Bool
    var model: String
    var prompts: [Prompt]
    /// Continuations of each prompt.
    var samples = 1
    /// The limit that the request states.
    var maximumTokens: Int?
    var temperature: Float = 1
    var topP: Float = 1
    var topK = 0
    var seed: Int?
    var stops: [String] = []
    /// How many of the most probable tokens are told; nil where no logprobs are wanted.
    var alternatives: Int?
    /// Whether an answer begins with its prompt.
    var echoes = false
    /// Whether token ids are told too.
    var returnsTokenIDs = false
    var isStreamed = false
    /// Whether a stream ends with what was used.
    var includesUsage = false

    /// Tokens of an answer to `completions` that states no limit, as OpenAI has it.
    static let defaultTokens = 16
    /// The least temperature that is not greedy: lower ones would divide by next to nothing.
    static let leastTemperature = 0.01
    /// The most continuations of one prompt.
    static let mostSamples = 128
    /// The most stop strings, and the most bytes of one.
    static let mostStops = 16, longestStop = 1024
    /// The most alternatives at a place.
    static let mostAlternatives = 20
}
