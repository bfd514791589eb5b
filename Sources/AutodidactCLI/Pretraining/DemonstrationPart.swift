import LanguageModel

/// A stretch of a demonstration: what the model is shown, or what it learns to write.
enum DemonstrationPart: Sendable, Hashable {
    /// Prompts and observations: no loss.
    case shown(String)
    /// A turn of the model, which the end-of-text token follows.
    case written(String)
}

/// A demonstration as tokens: turns end as sampled ones do, and what follows them is encoded by itself, as `Policy.followUp` does.
struct DemonstrationSequence: Sendable {
    let scoring: ScoringSequence
    /// [T], in step with the scored tokens: 0 where they are only shown; where they are learnt 1, or more in what has few of them.
    let weights: [Float]

    /// What a demonstration weighs at least: a letter or a yes says as much as several tokens of a long answer.
    static let leastWeight: Float = 10

    /// The sequence of `parts`, the first of which is shown.
    init(_ parts: [DemonstrationPart], tokenizer: BPETokenizer, endOfText: Int32) {
        guard case .shown(let prompt) = parts.first else { preconditionFailure("a demonstration begins with what is shown") }
        var (targets, weights) = ([Int32](), [Float]())
        for part in parts.dropFirst() {
            switch part {
            case .shown(let text):
                let tokens = tokenizer.encode(text)
                targets += tokens
                weights += tokens.map { _ in 0 }
            case .written(let text):
                let tokens = tokenizer.encode(text) + [endOfText]
                targets += tokens
                weights += tokens.map { _ in 1 }
            }
        }
        scoring = ScoringSequence(context: tokenizer.encode(prompt), targets: targets)
        let scale = max(1, Self.leastWeight / max(1, weights.reduce(0, +)))
        self.weights = weights.map { $0 * scale }
    }
}
