/// What an endpoint was measured to do.
struct EndpointTraits: Sendable, Hashable {
    /// How a given text can be scored.
    enum Scoring: Sendable, Hashable {
        case none
        /// The text comes back with its logprobs; that many tokens have to be sampled beside it.
        case echo(sampled: Int)
    }

    /// Whether the length goes by `max_completion_tokens`.
    var usesCompletionLimit = false
    /// Whether it tells the tokens of what it says, each with its logprob.
    var tellsTokens = false
    /// Whether one request gives several completions that differ.
    var drawsSeveral = false
    /// What switches its truncation to the most probable tokens off; nil where it does not know the field.
    var allTokens: Int?
    /// Whether it tells which stop string was met.
    var tellsStops = false
    var scoring = Scoring.none
    /// Whether the logprobs that it tells are of the model's own distribution at any temperature; else they are believed at 1 alone.
    var reportsOwnDistribution = false
}
