public import Autodidact
public import LanguageModel
public import Tensors

/// The embedded CPU engine as one that continues the prompts of many at once.
///
/// A sequence is what `EmbeddedPolicy` samples from the same weights with the same options and key: bit for bit where our product kernels
/// run, whatever else is in the batch.
public final class EmbeddedEngine: GenerationEngine {
    /// How much it takes on.
    public struct Limits: Sendable, Hashable {
        /// The most tokens of a prompt and its continuation together; at most the model's context.
        public var context: Int
        /// Sequences that are continued together.
        public var rows: Int
        /// Sequences that may wait for a place; also the most that one request may take.
        public var waiting: Int

        /// Limits as they are given.
        public init(context: Int, rows: Int, waiting: Int) { (self.context, self.rows, self.waiting) = (context, rows, waiting) }
    }

    private let model: ModelDirectory
    private let conversation: ConversationEncoder
    private let adapter: LowRankAdapter?
    private let cores: Cores
    private let limits: Limits
    private let room: WaitingRoom

    /// Prompt tokens that a step reads beside the tokens that it draws: who is being answered does not wait long for who comes.
    private static let promptTokens = 1024

    /// An engine over a model, or over an adapter of it; the weights must not change any more.
    public init(
        _ model: ModelDirectory, conversation: ConversationEncoder, adapter: LowRankAdapter? = nil, limits: Limits, cores: Cores = .all
    ) {
        precondition(
            limits.rows > 0 && limits.waiting > 0 && (1...model.transformer.architecture.contextLength).contains(limits.context),
            "limits of \(limits)")
        (self.model, self.conversation, self.adapter, self.limits, self.cores) = (model, conversation, adapter, limits, cores)
        room = WaitingRoom(waitingAtMost: limits.waiting)
    }

    /// As many rows as a sampler would continue together, and not so many that their caches pass `bytes`; at least one.
    public static func rows(of transformer: Transformer, context: Int, cores: Cores, cacheBytes bytes: Int) -> Int {
        let row = transformer.cacheBytes(ofRow: context)
        return max(1, min(transformer.rowsTogether(capacity: context) * cores.count, bytes / row))
    }

    /// The limit of tokens.
    public var contextLength: Int { limits.context }
    /// The limit of those who wait.
    public var sequencesAtMost: Int { limits.waiting }
    /// Those of the tokenizer: the head may have more rows.
    public var vocabularySize: Int { model.tokenizer.vocabularySize }

    /// What the tokenizer's files put before a text, and its tokens.
    public func prompt(of text: String) throws(GenerationRefusal) -> [TokenID] {
        if let mark = model.tokenizer.specialTokens.first(where: { text.utf8.firstRange(of: $0.content.utf8) != nil }) {
            throw .mark(mark.content)
        }
        // No mark is left in it; what else was added to the vocabulary is recognised, as everywhere.
        return model.tokenizer.framing.before + model.tokenizer.encode(text, allowSpecial: true)
    }

    /// The messages in the model's conversation format.
    public func prompt(of turns: [ConversationTurn]) -> [TokenID] {
        conversation.tokens(of: turns.map { Message(Message.Role($0.speaker), $0.text) }, opensReply: true)
    }

    /// As the tokenizer spells it.
    public func spelling(of token: TokenID) -> TokenSpelling {
        let isMark = model.tokenizer.isSpecial(token)
        let name = model.tokenizer.spelling(of: token) ?? ""
        return TokenSpelling(bytes: isMark ? Array(name.utf8) : Array(model.tokenizer.bytes(of: token)), isMark: isMark)
    }

    /// As the policy decodes it.
    public func text(of tokens: [TokenID]) -> String { model.tokenizer.decode(tokens) }

    /// Puts a request behind those that wait.
    public func submit(_ request: GenerationRequest) throws(GenerationRefusal) -> GenerationTicket {
        precondition(
            (1...limits.waiting).contains(request.sequences) && request.keys.count == request.prompts.count,
            "a request of \(request.sequences) sequences")
        return try room.enter(request)
    }

    /// Continues what is asked for, one token for every sequence at a time; sleeps while nothing is.
    public func run() async {
        var roster = BatchRoster(tokenizer: model.tokenizer, stopTokens: stopTokens)
        let batch = ContinuousBatch(model.transformer, adapter: adapter, rows: limits.rows, capacity: limits.context, cores: cores)
        for await _ in room.bell {
            repeat {
                room.leave(roster.receive(room.takeNews(), in: batch))
                room.leave(roster.admit(to: batch, promptTokens: Self.promptTokens))
                roster.receive(batch.step(), in: batch)
                // On a machine of one core nobody else would come in.
                await Task.yield()
            } while !roster.isEmpty && !Task.isCancelled
        }
        room.close()
        _ = roster.receive(room.takeNews(), in: batch)
        roster.abandonAll()
    }

    /// Closes the door: `run` ends once those who are in have been answered.
    public func stop() { room.close() }

    private var stopTokens: Set<TokenID> {
        conversation.endOfTurn.map { model.endOfTextTokens.union([$0]) } ?? model.endOfTextTokens
    }
}

extension Message.Role {
    init(_ speaker: ConversationTurn.Speaker) {
        self =
            switch speaker {
            case .system: .system
            case .user: .user
            case .assistant: .assistant
            case .tool: .tool
            }
    }
}
