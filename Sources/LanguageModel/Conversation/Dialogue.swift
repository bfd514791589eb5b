/// A conversation as tokens, which grows turn by turn and is never encoded anew.
///
/// What was sampled is kept as it was sampled: decoding and encoding it again could give other tokens, and a model must be trained on what
/// it said.
public struct Dialogue: Sendable {
    /// A turn and its place.
    public struct Turn: Hashable, Sendable {
        /// The messages in it: one; none where the template speaks by default; several where answers of tools share a turn.
        public let messages: [Message]
        /// Its tokens, marks and what follows them included.
        public let tokens: Range<Int>
        /// Of these the ones that were sampled; empty where none was.
        public let sampled: Range<Int>
    }

    /// How messages become tokens.
    public let encoder: ConversationEncoder
    /// All tokens so far.
    public private(set) var tokens: [Int32]
    /// All turns that are complete.
    public private(set) var turns: [Turn] = []
    /// All messages so far.
    public private(set) var messages: [Message] = []
    private var replyStart: Int?

    /// A conversation in which nothing was said yet.
    public init(_ encoder: ConversationEncoder) {
        self.encoder = encoder
        tokens = encoder.beginning
    }

    /// Adds messages, among them perhaps answers of the assistant that were not sampled here.
    public mutating func add(_ new: [Message]) {
        precondition(replyStart == nil, "the assistant's turn is open; give it a reply first")
        let start = messages.count
        messages += new
        for turn in encoder.format.turns(of: messages, from: start) {
            let first = tokens.count
            append(turn.parts)
            turns.append(
                Turn(messages: Array(messages[turn.messages]), tokens: first..<tokens.count, sampled: tokens.count..<tokens.count))
        }
    }

    /// Opens the assistant's turn: what is sampled next continues `tokens`.
    public mutating func openReply() {
        precondition(replyStart == nil, "the assistant's turn is open already")
        replyStart = tokens.count
        append([.template(encoder.format.replyOpening)])
    }

    /// Puts what was sampled into the open turn, token by token, and closes it.
    ///
    /// The mark that ends a turn is added where the sample does not end in it.
    public mutating func reply(_ sampled: [Int32]) {
        guard let start = replyStart else { preconditionFailure("open the assistant's turn first") }
        let first = tokens.count
        tokens += sampled
        let range = first..<tokens.count
        if let end = encoder.endOfTurn {
            if sampled.last != end { tokens.append(end) }
            append([.template(encoder.format.afterTurn)])
        }
        let said = sampled.last == encoder.endOfTurn ? sampled.dropLast() : sampled[...]
        let message = Message(.assistant, encoder.tokenizer.decode(said))
        messages.append(message)
        turns.append(Turn(messages: [message], tokens: start..<tokens.count, sampled: range))
        replyStart = nil
    }

    private mutating func append(_ parts: [TextPart]) {
        tokens += encoder.tokenizer.encode(parts, isContinuation: !tokens.isEmpty)
    }
}
