import Autodidact

/// What has been written of one sequence.
struct SequenceAnswer: Sendable, Hashable {
    /// Its place among the choices.
    let index: Int
    var text = ""
    /// What was written, without the prompt.
    var tokens: [TokenID] = []
    /// With logprobs: those of the prompt too, where the answer begins with it.
    var scored: [GeneratedToken] = []
    /// Why it ended; nil until it has.
    var reason: StopReason?
    /// Whether something of it was told in a stream.
    var isBegun = false

    /// A sequence of which nothing was written yet; `prompt` is what its answer begins with.
    init(index: Int, prompt: String) { (self.index, text) = (index, prompt) }

    /// Takes an event of this sequence in; returns what is new.
    mutating func take(_ event: GenerationEvent, keepsScores: Bool) -> SequenceNews {
        var news = SequenceNews(index: index, isFirst: !isBegun, text: isBegun ? "" : text)
        isBegun = true
        switch event {
        case .prompt(_, let tokens): news.scored = tokens
        case .token(_, let token, let text):
            news.tokens = [token.token]
            if keepsScores { news.scored = [token] }
            news.text += text
            self.text += text
        case .end(_, let reason, let text):
            news.reason = reason
            self.reason = reason
            news.text += text
            self.text += text
        }
        tokens += news.tokens
        scored += news.scored
        return news
    }
}

/// What has come of a sequence since it was told of last.
struct SequenceNews: Sendable, Hashable {
    /// Whose it is.
    let index: Int
    /// Whether nothing was told before.
    let isFirst: Bool
    var text: String
    var tokens: [TokenID] = []
    var scored: [GeneratedToken] = []
    var reason: StopReason?

    /// Whether there is something to tell; tokens without text only where they are told themselves.
    func isWorthTelling(withTokens: Bool) -> Bool {
        isFirst || !text.isEmpty || !scored.isEmpty || reason != nil || withTokens && !tokens.isEmpty
    }
}

extension GenerationEvent {
    /// Whose it is.
    var sequence: Int {
        switch self {
        case .prompt(let sequence, _), .token(let sequence, _, _), .end(let sequence, _, _): sequence
        }
    }
}
