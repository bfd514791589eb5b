/// One step of a response, token for token as it was sampled.
public struct TextStep: Sendable, Hashable {
    /// Its tokens, the one that ends the text included.
    public let tokens: [TokenID]
    /// [T], nats: under the policy that sampled them, its own distribution.
    public let logprobs: Logprobs<FullVocabulary>
    /// What it says.
    public let text: String
}

/// A response that is being written, step by step: the state of a search over texts.
public struct TextState: Sendable, Hashable {
    /// What is answered.
    public let question: Question
    /// The tokens before the response.
    public let prompt: [TokenID]
    /// The steps so far.
    public private(set) var steps: [TextStep] = []
    /// The response so far as text.
    public private(set) var response = ""
    /// Why the response ended; nil while it goes on.
    public private(set) var stopReason: StopReason?

    /// A response of which nothing is written.
    public init(question: Question, prompt: [TokenID]) {
        self.question = question
        self.prompt = prompt
    }

    /// Whether nothing comes after it.
    public var isFinished: Bool { stopReason != nil }

    /// The response's tokens so far.
    public var responseTokens: [TokenID] { steps.flatMap(\.tokens) }

    /// Prompt and response: what is continued.
    public var tokens: [TokenID] { prompt + responseTokens }

    /// The response as lesson, with the logprobs it was sampled with.
    public var example: TrainingExample {
        let logprobs = Logprobs<FullVocabulary>(steps.flatMap(\.logprobs.values))
        return TrainingExample(
            question: question, sequence: TrainingSequence(context: prompt, targets: responseTokens, behavior: logprobs))
    }

    /// The state after one more step.
    ///
    /// - Parameters:
    ///   - completion: What was sampled; beyond `room` it is cut.
    ///   - room: The most tokens that the response may still have.
    ///   - isWhole: Whether nothing may come after it, because it was to be written to the end.
    func appending(_ completion: Completion, room: Int, isWhole: Bool, decode: ([TokenID]) -> String) -> TextState {
        let tokens = Array(completion.tokens.prefix(room))
        let logprobs = Logprobs<FullVocabulary>(Array(completion.logprobs.values.prefix(room)))
        var state = self
        state.steps.append(TextStep(tokens: tokens, logprobs: logprobs, text: decode(tokens)))
        state.response = decode(state.responseTokens)
        if tokens.count == completion.tokens.count && completion.stopReason == .endOfText {
            state.stopReason = .endOfText
        } else if isWhole || tokens.count >= room {
            state.stopReason = .length
        }
        return state
    }
}
