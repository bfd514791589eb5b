import Autodidact

/// Tokens by whose logprobs weights are known again.
struct Fingerprint: Sendable, Hashable {
    /// Any text will do that has some tokens.
    private static let text = "The quick brown fox jumps over the lazy dog. 0123456789 ABCabc"

    let tokens: [TokenID]

    /// The fingerprint of a model with these texts; shorter where the model knows few characters.
    init(of text: any RemoteText) throws(TinkerError) {
        let tokens = Self.text.flatMap { (try? text.encode(String($0))) ?? [] }
        guard Set(tokens).count > 1, text.contextLength > ProbeReadings.second else {
            throw .request("the tokenizer makes fewer than two tokens of '\(Self.text)', or the context is too short; is it the model's?")
        }
        self.tokens = Array(tokens.prefix(min(32, text.contextLength - 1)))
    }

    /// What is scored.
    var sequence: ScoredSequence { ScoredSequence(context: [tokens[0]], targets: Array(tokens.dropFirst())) }
}

/// The weights that a sampler serves.
struct ServedWeights: Sendable {
    let lineage: Lineage
    /// What to sample by.
    let path: String
    /// Whether the next completions are compared with the trainer.
    var isCompared = false
    /// Whether all completions are scored by the trainer and their logprobs moved.
    var isTruncating = false
}
