/// A model that continues the prompts of many at once, each joining and leaving between two tokens.
///
/// Laws: a sequence's events depend on its prompt, options and key alone; every sequence of an accepted request gets exactly one `end`
/// unless the request is cancelled or the engine stops, which finish its events early.
public protocol GenerationEngine: Sendable {
    /// The most tokens of a prompt and its continuation together.
    var contextLength: Int { get }
    /// The most sequences that one request may take.
    var sequencesAtMost: Int { get }
    /// How many tokens there are; each below is one.
    var vocabularySize: Int { get }

    /// The tokens of a text that begins a sequence.
    /// - Throws: `GenerationRefusal.mark` where the text spells a mark of the model.
    func prompt(of text: String) throws(GenerationRefusal) -> [TokenID]
    /// The tokens of a conversation with the opening of the model's turn.
    func prompt(of turns: [ConversationTurn]) -> [TokenID]
    /// The bytes that a token stands for, and whether it is a mark.
    func spelling(of token: TokenID) -> TokenSpelling
    /// The text of tokens, without marks.
    func text(of tokens: [TokenID]) -> String

    /// Takes a request in, which must hold to the bounds above; at once, and without waiting for room.
    /// - Throws: `GenerationRefusal.busy`, `.stopped`.
    func submit(_ request: GenerationRequest) throws(GenerationRefusal) -> GenerationTicket
    /// Does the work until it has been stopped, or is cancelled, which finishes the events of all open requests early.
    func run() async
    /// Takes no more requests in, so that `run` ends after those that it has.
    func stop()
}

/// A request that was taken in.
public struct GenerationTicket: Sendable {
    /// What happens to it; ends after the last sequence, or early.
    public let events: AsyncStream<GenerationEvent>
    /// Gives the request up: nobody waits for its answer any more.
    public let cancel: @Sendable () -> Void

    /// A ticket as an engine gives it.
    public init(events: AsyncStream<GenerationEvent>, cancel: @escaping @Sendable () -> Void) {
        self.events = events
        self.cancel = cancel
    }
}

/// One message of a conversation.
public struct ConversationTurn: Sendable, Hashable {
    /// Who speaks.
    public enum Speaker: String, Sendable, Hashable, CaseIterable {
        case system, user, assistant
        /// What a tool answered.
        case tool
    }

    /// Who speaks.
    public let speaker: Speaker
    /// What is said: plain text, even where it spells a mark.
    public let text: String

    /// A message.
    public init(_ speaker: Speaker, _ text: String) { (self.speaker, self.text) = (speaker, text) }
}

/// How a token is written.
public struct TokenSpelling: Sendable, Hashable {
    /// What it stands for, part of a character perhaps; of a mark its name.
    public let bytes: [UInt8]
    /// Whether it marks something for the model and has no part in texts.
    public let isMark: Bool

    /// A spelling.
    public init(bytes: [UInt8], isMark: Bool) { (self.bytes, self.isMark) = (bytes, isMark) }
}

/// Why an engine takes no request, or no prompt.
public enum GenerationRefusal: Error, Hashable, Sendable {
    /// As many sequences wait as may.
    case busy
    /// The engine ends.
    case stopped
    /// A prompt spells a mark of the model, which as plain text is not the mark.
    case mark(String)
}
