/// A prompt to be continued once for each key.
public struct ContinuationRequest: Sendable, Hashable {
    /// At least one token.
    public let prompt: [Int32]
    /// The random stream of each continuation.
    public let keys: [UInt64]

    /// A prompt and the streams of its continuations.
    public init(prompt: [Int32], keys: [UInt64]) {
        self.prompt = prompt
        self.keys = keys
    }
}

/// Why a continuation ended.
public enum ContinuationEnd: Sendable, Hashable {
    /// A stop token was drawn; it is the last token.
    case stopToken
    /// The stop test said so.
    case stopTest
    /// The limit of tokens or of the context was reached.
    case length
}

/// A sampled continuation.
public struct SampledSequence: Sendable, Hashable {
    /// What was drawn.
    public internal(set) var tokens: [Int32] = []
    /// [T], nats, under the model's own distribution.
    public internal(set) var logprobs: [Float] = []
    /// [T], nats, under the distribution that was drawn from; zeros where greedy.
    public internal(set) var drawnLogprobs: [Float] = []
    /// Why it ended.
    public internal(set) var end = ContinuationEnd.length
}
