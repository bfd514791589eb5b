/// Turns as ChatML writes them: `<|im_start|>role`, a line break, what is said, `<|im_end|>`, a line break.
struct ChatMLLayout: Hashable, Sendable {
    static let start = "<|im_start|>"
    static let end = "<|im_end|>"

    /// Whether a model thinks before it answers, as Qwen 3 does.
    enum Thinking: Hashable, Sendable {
        /// There is nothing of the kind.
        case none
        /// The model may think.
        case free
        /// Its thoughts are closed before it can have any.
        case skipped
    }

    /// What is said where the first message is not the system's.
    var defaultSystem: String?
    /// Whether answers of tools stand inside a user's turn, those that follow each other in one.
    var groupsToolAnswers = false
    var thinking = Thinking.none

    var replyOpening: String {
        Self.start + "assistant\n" + (thinking == .skipped ? "<think>\n\n</think>\n\n" : "")
    }

    func turns(of messages: [Message], from first: Int) -> [LaidOutTurn] {
        var turns: [LaidOutTurn] = []
        if first == 0, let defaultSystem, let message = messages.first, message.role != .system {
            turns.append(Self.turn(.system, [.content(defaultSystem)], messages: 0..<0))
        }
        var index = first
        while index < messages.count {
            let message = messages[index]
            if groupsToolAnswers, message.role == .tool {
                let end = messages[index...].firstIndex { $0.role != .tool } ?? messages.count
                turns.append(Self.toolTurn(messages, index..<end))
                index = end
                continue
            }
            let parts =
                message.role == .assistant && thinking != .none
                ? reply(messages, at: index) : [.content(message.content)]
            turns.append(Self.turn(message.role, parts, messages: index..<(index + 1)))
            index += 1
        }
        return turns
    }

    private static func turn(_ role: Message.Role, _ parts: [TextPart], messages: Range<Int>) -> LaidOutTurn {
        LaidOutTurn(messages: messages, parts: [.template(start + role.rawValue + "\n")] + parts + [.template(end + "\n")])
    }

    private static func toolTurn(_ messages: [Message], _ range: Range<Int>) -> LaidOutTurn {
        let answers = messages[range].flatMap { message -> [TextPart] in
            [.template("\n<tool_response>\n"), .content(message.content), .template("\n</tool_response>")]
        }
        return LaidOutTurn(messages: range, parts: [.template(start + "user")] + answers + [.template(end + "\n")])
    }

    /// What an assistant said: thoughts are kept only after the last question of a user, and before it left out.
    private func reply(_ messages: [Message], at index: Int) -> [TextPart] {
        var (thoughts, answer) = ("", messages[index].content)
        if let (before, after) = Self.split(answer) { (thoughts, answer) = (before, after) }
        let lastQuestion = messages.lastIndex { $0.role == .user && !Self.isToolAnswer($0.content) } ?? messages.count - 1
        guard index > lastQuestion, index == messages.count - 1 || !thoughts.isEmpty else { return [.content(answer)] }
        return [
            .template("<think>\n"), .content(thoughts.trimming("\n", at: .both)), .template("\n</think>\n\n"),
            .content(answer.trimming("\n", at: .start)),
        ]
    }

    private static func isToolAnswer(_ content: String) -> Bool {
        content.begins(with: "<tool_response>") && content.ends(in: "</tool_response>")
    }

    /// The thoughts and the answer of a text that holds the end of thoughts.
    private static func split(_ text: String) -> (thoughts: String, answer: String)? {
        let pieces = text.pieces(between: "</think>")
        guard pieces.count > 1, let first = pieces.first, let last = pieces.last else { return nil }
        let opened = first.trimming("\n", at: .end).pieces(between: "<think>").last
        return ((opened ?? "").trimming("\n", at: .start), last.trimming("\n", at: .start))
    }
}
