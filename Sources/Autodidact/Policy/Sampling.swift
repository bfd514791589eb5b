public import Randomness

/// How tokens are drawn from a policy.
public struct SamplingOptions: Sendable, Hashable, Codable {
    /// Divides the logits; 0 means greedy (the most probable token, the lowest index on a tie).
    public var temperature: Float
    /// Keeps this many most probable tokens; 0 keeps all.
    public var topK: Int
    /// Keeps the fewest most probable tokens whose probabilities reach this sum; 1 keeps all.
    public var topP: Float
    /// The most tokens a completion may have.
    public var maximumTokens: Int
    /// Texts that end a completion once they have been written (they stay part of it); the end-of-text token always does.
    public var stopStrings: [String]

    /// Options with the distribution of the model itself unless told otherwise.
    public init(temperature: Float = 1, topK: Int = 0, topP: Float = 1, maximumTokens: Int, stopStrings: [String] = []) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.maximumTokens = maximumTokens
        self.stopStrings = stopStrings
    }

    /// The most probable continuation.
    public static func greedy(maximumTokens: Int) -> SamplingOptions {
        SamplingOptions(temperature: 0, maximumTokens: maximumTokens)
    }
}

/// A prompt to be continued `count` times; sample `i` draws from the stream `key("sample", i)`.
public struct SamplingRequest: Sendable, Hashable {
    /// The tokens that the policy continues.
    public let prompt: [TokenID]
    /// How many continuations are wanted.
    public let count: Int
    /// Names the random draws, so that they depend on nothing else.
    public let key: SeedTree

    /// A request for `count` continuations of `prompt`.
    public init(prompt: [TokenID], count: Int, key: SeedTree) {
        self.prompt = prompt
        self.count = count
        self.key = key
    }
}

/// Why a completion ended.
public enum StopReason: String, Sendable, Hashable, Codable {
    /// The policy wrote its end-of-text token, which is the completion's last token.
    case endOfText
    /// One of the stop strings was written.
    case stopString
    /// `maximumTokens` or the policy's context was reached.
    case length
}

/// One sampled continuation, token-exact.
public struct Completion: Sendable, Hashable, Codable {
    /// What was sampled, the end-of-text token included.
    public let tokens: [TokenID]
    /// [T], nats: under the model's own distribution; empty where a backend that cannot train does not tell.
    public let logprobs: Logprobs<FullVocabulary>
    /// [T], nats: under the distribution that was drawn from.
    ///
    /// Zeros where decoding was greedy; empty where the backend does not tell.
    public let drawnLogprobs: Logprobs<AfterTruncation>
    /// Why it ended.
    public let stopReason: StopReason

    /// A completion as a sampler returns it.
    public init(
        tokens: [TokenID], logprobs: Logprobs<FullVocabulary>, drawnLogprobs: Logprobs<AfterTruncation>, stopReason: StopReason
    ) {
        self.tokens = tokens
        self.logprobs = logprobs
        self.drawnLogprobs = drawnLogprobs
        self.stopReason = stopReason
    }
}
