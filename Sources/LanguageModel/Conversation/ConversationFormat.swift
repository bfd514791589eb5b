/// How the messages of a conversation are laid out as one text: what a model's chat template does, without running the template.
///
/// A format is recognised by the template that a model brings along, or chosen by name. Rendering equals transformers'
/// `apply_chat_template` for messages of plain text, with three departures:
///
/// - What a message says is plain text. A mark of the template spelled in it never becomes that mark, so that nobody can end a turn or
///   open another by writing so.
/// - Calls of tools are not rendered from structures; a message that holds one holds its text.
/// - Where a template asks for today's date, a fixed one is written: equal runs must give equal tokens.
public struct ConversationFormat: Hashable, Sendable {
    /// What it is called, such as `chatml`.
    public let name: String
    let layout: Layout

    /// The kinds of layout.
    enum Layout: Hashable, Sendable {
        /// The contents one after another, without marks.
        case plain
        case chatML(ChatMLLayout)
        case headers(HeaderLayout)
    }

    /// A model that knows no turns: the contents, one after another, without marks.
    public static let plain = ConversationFormat(name: "plain", layout: .plain)
    /// ChatML as most fine-tuned models and SmolLM use it, without a system message by default.
    public static let chatML = ConversationFormat(name: "chatml", layout: .chatML(ChatMLLayout()))
    /// Qwen 1.5 and 2: ChatML with a system message by default.
    public static let qwen2 = ConversationFormat(
        name: "qwen2", layout: .chatML(ChatMLLayout(defaultSystem: "You are a helpful assistant.")))
    /// Qwen 2.5: another system message by default, and answers of tools inside a user's turn.
    public static let qwen25 = ConversationFormat(
        name: "qwen2.5",
        layout: .chatML(
            ChatMLLayout(
                defaultSystem: "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.", groupsToolAnswers: true)))
    /// Qwen 3, which thinks before it answers.
    public static let qwen3 = ConversationFormat(
        name: "qwen3", layout: .chatML(ChatMLLayout(groupsToolAnswers: true, thinking: .free)))
    /// Qwen 3 told not to think (`enable_thinking=False`).
    public static let qwen3WithoutThinking = ConversationFormat(
        name: "qwen3-no-think", layout: .chatML(ChatMLLayout(groupsToolAnswers: true, thinking: .skipped)))
    /// SmolLM 2: ChatML with a system message by default.
    public static let smolLM2 = ConversationFormat(
        name: "smollm2",
        layout: .chatML(ChatMLLayout(defaultSystem: "You are a helpful AI assistant named SmolLM, trained by Hugging Face")))
    /// Llama 3.
    public static let llama3 = ConversationFormat(name: "llama3", layout: .headers(HeaderLayout()))
    /// Llama 3.1, 3.2 and 3.3, whose system message begins with dates.
    public static let llama31 = ConversationFormat(name: "llama3.1", layout: .headers(HeaderLayout(date: HeaderLayout.publishedDate)))

    /// All formats.
    public static let all = [plain, chatML, qwen2, qwen25, qwen3, qwen3WithoutThinking, smolLM2, llama3, llama31]

    /// The name under which the format is taken from the model's own files.
    public static let automatic = "auto"

    /// The names that can be given: `auto`, then those of all formats.
    public static var names: [String] { [automatic] + all.map(\.name) }

    /// What is said for a conversation that has no system message of its own; nil where nothing is.
    public var defaultSystem: String? {
        if case .chatML(let layout) = layout { layout.defaultSystem } else { nil }
    }

    /// The mark that ends a turn, which ends generation too; nil where turns have no marks.
    public var endOfTurn: String? {
        switch layout {
        case .plain: nil
        case .chatML: ChatMLLayout.end
        case .headers: HeaderLayout.end
        }
    }

    /// The marks that a tokenizer must have for this format.
    var marks: [String] {
        switch layout {
        case .plain: []
        case .chatML: [ChatMLLayout.start, ChatMLLayout.end]
        case .headers: [HeaderLayout.beginning, HeaderLayout.start, HeaderLayout.endOfHeader, HeaderLayout.end]
        }
    }

    /// What stands after the mark that ends a turn.
    var afterTurn: String {
        if case .chatML = layout { "\n" } else { "" }
    }

    /// What opens the assistant's turn.
    var replyOpening: String {
        switch layout {
        case .plain: ""
        case .chatML(let layout): layout.replyOpening
        case .headers(let layout): layout.replyOpening
        }
    }

    /// The turns of the messages from `start` on, of which those before were laid out already.
    func turns(of messages: [Message], from start: Int) -> [LaidOutTurn] {
        switch layout {
        case .plain:
            messages.indices.dropFirst(start).map { LaidOutTurn(messages: $0..<($0 + 1), parts: [.content(messages[$0].content)]) }
        case .chatML(let layout): layout.turns(of: messages, from: start)
        case .headers(let layout): layout.turns(of: messages, from: start)
        }
    }

    /// The messages as one text, as `apply_chat_template` gives it.
    ///
    /// - Parameter opensReply: Whether the assistant's turn is opened at the end (`add_generation_prompt`).
    public func text(of messages: [Message], opensReply: Bool) -> String {
        let parts = turns(of: messages, from: 0).flatMap(\.parts)
        return parts.map(\.text).joined() + (opensReply ? replyOpening : "")
    }
}

/// One turn as text: what the template writes, and what is said.
struct LaidOutTurn: Hashable, Sendable {
    /// The messages that it holds; none for what the template says by default.
    let messages: Range<Int>
    let parts: [TextPart]
}

extension TextPart {
    var text: String {
        switch self {
        case .template(let text), .content(let text): text
        }
    }
}
