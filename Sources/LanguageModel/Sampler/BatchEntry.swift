public import Tensors

/// A sequence that joins a running batch.
public struct BatchEntry: Sendable {
    /// At least one token.
    public let prompt: [Int32]
    /// The random stream of its draws.
    public let key: UInt64
    /// How its tokens are drawn.
    public let rule: DrawRule
    /// The most tokens that are drawn; 0 only reads the prompt.
    public let maximumTokens: Int
    /// The tokens that end it.
    public let stopTokens: Set<Int32>
    /// How many of the most probable tokens are told at each place; 0 for none.
    public let alternatives: Int
    /// Whether the logprobs of the prompt's own tokens are wanted.
    public let scoresPrompt: Bool

    /// A sequence of this prompt.
    public init(
        prompt: [Int32], key: UInt64, rule: DrawRule, maximumTokens: Int, stopTokens: Set<Int32>, alternatives: Int = 0,
        scoresPrompt: Bool = false
    ) {
        self.prompt = prompt
        self.key = key
        self.rule = rule
        self.maximumTokens = maximumTokens
        self.stopTokens = stopTokens
        self.alternatives = alternatives
        self.scoresPrompt = scoresPrompt
    }

    /// The positions that it may take at most: the last token that is drawn is never read.
    public var positions: Int { prompt.count + maximumTokens }
}

/// A token that was read or drawn, with what else was probable there.
public struct BatchToken: Sendable, Hashable {
    /// Its index and its logprob under the model's own distribution.
    public let chosen: RankedToken
    /// The most probable tokens at its place, the most probable first.
    public let alternatives: [RankedToken]
}

/// What a step did to one sequence.
public struct BatchOutcome: Sendable {
    /// Whose it is.
    public let id: Int
    /// The prompt's tokens but the first, of which nothing is known; nil unless they were asked for and have just been read.
    public internal(set) var prompt: [BatchToken]?
    /// What was drawn; nil where nothing was to be drawn.
    public internal(set) var drawn: BatchToken?
    /// Why it ended, after which it has left the batch; nil where it goes on.
    public internal(set) var end: ContinuationEnd?
}
