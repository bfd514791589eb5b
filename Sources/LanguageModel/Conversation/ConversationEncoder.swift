import Texts

/// Messages to tokens and back, in one format and with one tokenizer.
public struct ConversationEncoder: Sendable {
    /// How messages are laid out.
    public let format: ConversationFormat
    /// What makes tokens of texts.
    public let tokenizer: BPETokenizer
    /// The token that ends a turn, on which generation stops; nil where turns have no marks.
    public let endOfTurn: Int32?

    /// An encoder; every mark of the format must be an added token of the tokenizer.
    /// - Throws: `ConversationError.missingMark`, `.unfitMark`.
    public init(_ format: ConversationFormat, tokenizer: BPETokenizer) throws(ConversationError) {
        for mark in format.marks {
            guard let token = tokenizer.addedTokens.first(where: { $0.content.utf8.elementsEqual(mark.utf8) }) else {
                throw .missingMark(mark, format: format.name)
            }
            // Such a token would change what stands beside it, or not be found in the template's own text.
            guard !token.isSingleWord, !token.takesSpaceBefore, !token.takesSpaceAfter else {
                throw .unfitMark(mark, format: format.name)
            }
        }
        self.format = format
        self.tokenizer = tokenizer
        endOfTurn = format.endOfTurn.flatMap { tokenizer.id(ofToken: $0) }
    }

    /// An encoder of plain text.
    public init(plain tokenizer: BPETokenizer) {
        (format, self.tokenizer, endOfTurn) = (.plain, tokenizer, nil)
    }

    /// The tokens of messages.
    ///
    /// - Parameter opensReply: Whether the assistant's turn is opened at the end.
    public func tokens(of messages: [Message], opensReply: Bool) -> [Int32] {
        var dialogue = Dialogue(self)
        dialogue.add(messages)
        if opensReply { dialogue.openReply() }
        return dialogue.tokens
    }

    /// The tokens that stand before the first turn.
    var beginning: [Int32] {
        // Templates write their own beginning; without one the tokenizer's files say what it is.
        format.layout == .plain ? tokenizer.framing.before : []
    }
}

/// Why a conversation cannot be rendered or read.
public enum ConversationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file with the template cannot be read.
    case unreadable(file: String, reason: String)
    /// A model brings a template that is not among the known ones.
    case unknownTemplate(file: String)
    /// There are several templates and none of them is the default.
    case noDefaultTemplate(file: String, names: [String])
    /// There is no format of that name.
    case unknownFormat(String)
    /// The tokenizer lacks a mark of the format.
    case missingMark(String, format: String)
    /// The tokenizer has a mark that takes in white space or must stand alone.
    case unfitMark(String, format: String)
    /// Tokens do not follow the format.
    case unexpectedTokens(at: Int, format: String, reason: String)
    /// A file cannot be written.
    case unwritable(file: String, reason: String)

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        let known = ConversationFormat.all.map(\.name).joined(separator: ", ")
        switch self {
        case .unreadable(let file, let reason):
            return "\(file) cannot be read (\(reason.shown)); correct it, or remove it to prompt in plain text."
        case .unknownTemplate(let file):
            return "\(file) holds a chat template that is not known; choose the format it writes by name, one of \(known)."
        case .noDefaultTemplate(let file, let names):
            return
                "\(file) holds the chat templates \(names.joined(separator: ", ").shown) and none called default; choose a format by name, "
                + "one of \(known)."
        case .unknownFormat(let name):
            return "there is no conversation format “\(name.shown)”; there are \(ConversationFormat.automatic), \(known)."
        case .missingMark(let mark, let format):
            return "the format \(format) needs the token \(mark), which tokenizer.json does not have; choose another format, such as plain."
        case .unfitMark(let mark, let format):
            return
                "the format \(format) needs the token \(mark) without single_word, lstrip and rstrip; correct tokenizer.json or choose "
                + "plain."
        case .unexpectedTokens(let place, let format, let reason):
            return "token \(place) does not follow the format \(format): \(reason.shown); check that the tokens come from this format."
        case .unwritable(let file, let reason):
            return "\(file) cannot be written (\(reason.shown)); check the folder, its permissions and the free space."
        }
    }
}
