/// What a stretch of a training sample is; decides whether it carries loss unless the sample says otherwise.
public enum SpanKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The prompt, and everything the environment said.
    case context
    /// The policy's own text.
    case own
    /// The policy's own text that is known to be wrong: read, not learned.
    case wrong
    /// A judgement that the policy wrote.
    case verdict
    /// What a tool answered.
    case toolOutput = "tool-output"
    /// A turn that notices and corrects a mistake.
    case repair
    /// The final answer.
    case answer

    /// Whether the policy should learn to write it.
    public var isTrained: Bool {
        switch self {
        case .own, .verdict, .repair, .answer: true
        case .context, .wrong, .toolOutput: false
        }
    }
}

/// A stretch of tokens of one kind, with the reward and the KL weight of its own where methods ask for them.
public struct Span: Sendable, Hashable {
    /// What it is.
    public let kind: SpanKind
    /// Its tokens, never encoded anew.
    public let tokens: [TokenID]
    /// [T], nats: under the policy that sampled it, if it was sampled.
    public let behavior: Logprobs<FullVocabulary>?
    /// Whether it carries loss.
    public let isTrained: Bool
    /// The advantage of each of its tokens, for policy gradients.
    public let advantage: Float?
    /// How much the KL to the reference counts on its tokens, relative to the objective's coefficient.
    public let klWeight: Float

    /// A span; trained as its kind says unless told otherwise.
    public init(
        _ kind: SpanKind, _ tokens: [TokenID], behavior: Logprobs<FullVocabulary>? = nil, isTrained: Bool? = nil, advantage: Float? = nil,
        klWeight: Float = 1
    ) {
        precondition(behavior.map { $0.count == tokens.count } ?? true, "behavior logprobs and tokens of a span differ in length")
        self.kind = kind
        self.tokens = tokens
        self.behavior = behavior
        self.isTrained = isTrained ?? kind.isTrained
        self.advantage = advantage
        self.klWeight = klWeight
    }

    /// A recorded turn: context where the environment spoke, else of the kind given.
    public init(_ turn: Turn, as kind: SpanKind = .own, advantage: Float? = nil, klWeight: Float = 1) {
        let isPolicy = turn.role == .policy
        self.init(
            isPolicy ? kind : .context, turn.tokens, behavior: turn.logprobs, isTrained: isPolicy && turn.isTrainable && kind.isTrained,
            advantage: isPolicy ? advantage : nil, klWeight: klWeight)
    }
}

/// A training sample as a list of typed spans: most correction and multi-turn methods differ in how they build it.
public struct SpanSample: Sendable, Hashable {
    /// What it answers.
    public let question: Question
    /// Its spans, in order.
    public let spans: [Span]

    /// A sample.
    public init(question: Question, spans: [Span]) {
        self.question = question
        self.spans = spans
    }

    /// All tokens.
    public var tokens: [TokenID] { spans.flatMap(\.tokens) }
}

extension TrainingExample {
    /// The sample as a sequence: targets begin with the first trained span; behavior logprobs only where all trained spans have them.
    ///
    /// - Parameters:
    ///   - group: The number shared by samples that are compared with each other.
    ///   - reward: The scalar that pairwise and set objectives compare.
    ///   - groupReward: The mean of it over the whole group.
    public init(_ sample: SpanSample, weight: Float = 1, group: Int = 0, reward: Float? = nil, groupReward: Float? = nil) {
        let first = sample.spans.firstIndex { $0.isTrained && !$0.tokens.isEmpty } ?? sample.spans.endIndex
        let learned = sample.spans[first...]
        let mask = learned.flatMap { span in span.tokens.map { _ in span.isTrained } }
        let hasBehavior = learned.allSatisfy { !$0.isTrained || $0.behavior != nil }
        let hasAdvantages = learned.allSatisfy { !$0.isTrained || $0.advantage != nil }
        let sequence = TrainingSequence(
            context: sample.spans[..<first].flatMap(\.tokens),
            targets: learned.flatMap(\.tokens),
            mask: mask.allSatisfy { $0 } ? nil : mask,
            weight: weight,
            advantages: hasAdvantages ? learned.flatMap { span in span.tokens.map { _ in span.advantage ?? 0 } } : [],
            behavior: hasBehavior ? Logprobs(learned.flatMap { span in span.behavior?.values ?? span.tokens.map { _ in 0 } }) : nil,
            group: group,
            klWeights: learned.allSatisfy { $0.klWeight == 1 } ? [] : learned.flatMap { span in span.tokens.map { _ in span.klWeight } },
            reward: reward, groupReward: groupReward
        )
        self.init(question: sample.question, sequence: sequence)
    }
}
