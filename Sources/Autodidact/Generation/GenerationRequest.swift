public import Randomness

/// Prompts to be continued as soon as there is room, token by token, beside those of others.
public struct GenerationRequest: Sendable, Hashable {
    /// The prompts, each of at least one token.
    public var prompts: [[TokenID]]
    /// Whether what is written belongs to the text of its prompt; else it is a text of its own, such as a turn.
    public var continuesText = true
    /// How many continuations of each prompt are wanted.
    public var samples: Int
    /// How tokens are drawn; a stop string ends a continuation and is not part of its text.
    public var options: SamplingOptions
    /// Sample `i` of prompt `p` draws from the stream `keys[p]("sample", i)`, whatever else is asked for.
    public var keys: [SeedTree]
    /// How many of the most probable tokens are told at each place; nil where no logprobs are wanted.
    public var alternatives: Int?
    /// Whether the logprobs of the prompts' own tokens are wanted.
    public var scoresPrompts = false

    /// A request for `samples` continuations of each prompt.
    public init(prompts: [[TokenID]], samples: Int = 1, options: SamplingOptions, keys: [SeedTree], alternatives: Int? = nil) {
        self.prompts = prompts
        self.samples = samples
        self.options = options
        self.keys = keys
        self.alternatives = alternatives
    }

    /// How many sequences it takes; sequence `p · samples + i` is sample `i` of prompt `p`.
    public var sequences: Int { prompts.count * samples }
}

/// A token that was read or written, with its logprob and what else was probable at its place.
public struct GeneratedToken: Sendable, Hashable {
    /// A token with its logprob, nats, under the model's own distribution.
    public struct Scored: Sendable, Hashable {
        /// Which token.
        public let token: TokenID
        /// Full vocabulary, temperature 1.
        public let logprob: Float

        /// A token with its logprob.
        public init(_ token: TokenID, _ logprob: Float) { (self.token, self.logprob) = (token, logprob) }
    }

    /// The token itself; its logprob is nil where it begins a prompt, so that nothing predicted it.
    public let token: TokenID
    /// Its logprob under the model's own distribution, nats.
    public let logprob: Float?
    /// The most probable tokens at its place, the most probable first.
    public let alternatives: [Scored]

    /// A token as an engine tells it.
    public init(_ token: TokenID, logprob: Float?, alternatives: [Scored] = []) {
        (self.token, self.logprob, self.alternatives) = (token, logprob, alternatives)
    }
}

/// What happens to the sequences of a request, each in order.
public enum GenerationEvent: Sendable, Hashable {
    /// The prompt of a sequence was read; its tokens, where they were asked for.
    case prompt(sequence: Int, [GeneratedToken])
    /// A token was written, with the text that is certain by now: later tokens cannot change it, and no stop string begins in it.
    case token(sequence: Int, GeneratedToken, text: String)
    /// The sequence has ended, with the rest of its text.
    case end(sequence: Int, StopReason, text: String)
}
