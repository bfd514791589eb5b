public import Autodidact
public import Foundation
public import LanguageModel

/// The text side of a model from a directory of this machine: configuration and tokenizer, no weights.
public struct LocalText: RemoteText {
    private let conversation: ConversationEncoder
    private let configuration: ModelConfiguration
    private let ends: Set<TokenID>
    private let firstEnd: TokenID?

    /// Reads `config.json`, `tokenizer.json`, and the chat template where there is one.
    ///
    /// - Parameter conversation: The name of a conversation format; `auto` for the one of the model's own files.
    /// - Throws: `ConfigurationError`, `TokenizerError` or `ConversationError`.
    public init(_ directory: URL, conversation name: String = ConversationFormat.automatic) throws {
        configuration = try ModelConfiguration.load(from: directory.appendingPathComponent("config.json"))
        let tokenizer = try BPETokenizer(tokenizerJSON: directory.appendingPathComponent("tokenizer.json"))
        let template = try ChatTemplate.load(from: directory)
        conversation = try ConversationEncoder(ConversationFormat(named: name, template: template), tokenizer: tokenizer)
        let generationFile = directory.appendingPathComponent("generation_config.json")
        let generation =
            FileManager.default.fileExists(atPath: generationFile.path)
            ? try GenerationConfiguration.load(from: generationFile).eosTokenIDs : []
        let listed = generation.isEmpty ? configuration.eosTokenIDs : generation
        firstEnd = listed.first
        ends = Set(listed).union([conversation.endOfTurn].compactMap(\.self))
    }

    /// Reads the directory that a user names, or the base model's where that is a directory of this machine.
    ///
    /// - Throws: `TinkerError.unsupported` where there is neither: services do not hand out tokenizers.
    public init(
        for address: ServiceAddress, directory: URL? = nil, conversation name: String = ConversationFormat.automatic
    ) throws {
        let known = URL(fileURLWithPath: address.baseModel)
        let isPath = address.baseModel.hasPrefix("/")
        let isThere = FileManager.default.fileExists(atPath: known.appendingPathComponent("tokenizer.json").path)
        guard let directory = directory ?? (isPath && isThere ? known : nil) else {
            throw TinkerError.unsupported(
                url: address.url, what: "handing out the tokenizer of \(address.baseModel)",
                remedy: "name a directory with its config.json and tokenizer.json")
        }
        try self.init(directory, conversation: name)
    }

    /// The name of the conversation format.
    public var conversationName: String { conversation.format.name }

    /// The model's positions.
    public var contextLength: Int { configuration.maxPositions }

    /// The end of a turn in the conversation format, else the first end-of-text token.
    public var endOfTurn: TokenID? { conversation.endOfTurn ?? firstEnd }

    /// The end-of-text tokens of the model's files, and the end of a turn.
    public var stopTokens: Set<TokenID> { ends }

    /// The tokens of a text; special tokens written in it are ordinary text.
    public func encode(_ text: String) -> [TokenID] { conversation.tokenizer.encode(text) }

    /// The user's turn that says the text, and the opening of the assistant's.
    public func prompt(for text: String) -> [TokenID] { conversation.tokens(of: [Message(.user, text)], opensReply: true) }

    /// The user's next turn after one of the assistant's, and the opening of the assistant's next.
    public func followUp(to text: String, isClosed: Bool) -> [TokenID] {
        var dialogue = Dialogue(conversation)
        dialogue.openReply()
        let end = isClosed ? [conversation.endOfTurn].compactMap(\.self) : []
        let said = dialogue.tokens.count + end.count
        dialogue.reply(end)
        dialogue.add([Message(.user, text)])
        dialogue.openReply()
        return Array(dialogue.tokens[said...])
    }

    /// The text of tokens, without special tokens.
    public func decode(_ tokens: [TokenID]) -> String { conversation.tokenizer.decode(tokens) }
}
