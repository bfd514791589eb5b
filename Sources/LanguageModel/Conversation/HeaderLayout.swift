/// Turns as Llama 3 writes them: the role between marks, two line breaks, what is said, `<|eot_id|>`.
struct HeaderLayout: Hashable, Sendable {
    static let beginning = "<|begin_of_text|>"
    static let start = "<|start_header_id|>"
    static let endOfHeader = "<|end_header_id|>"
    static let end = "<|eot_id|>"
    /// The date that the published templates of Llama 3.1 and 3.2 fall back on.
    static let publishedDate = "26 Jul 2024"

    /// The date in the system message, which then always stands first; nil where there are no dates (Llama 3).
    var date: String?

    var replyOpening: String { Self.header("assistant") }

    /// What stands before the words of the system in the first turn.
    var preamble: String? {
        date.map { "Cutting Knowledge Date: December 2023\nToday Date: \($0)\n\n" }
    }

    static func header(_ role: String) -> String { start + role + endOfHeader + "\n\n" }

    /// The role as the header names it.
    func name(of role: Message.Role) -> String {
        role == .tool && date != nil ? "ipython" : role.rawValue
    }

    func turns(of messages: [Message], from first: Int) -> [LaidOutTurn] {
        var turns: [LaidOutTurn] = []
        var index = first
        if first == 0, let preamble {
            let system = messages.first.flatMap { $0.role == .system ? $0.content.trimmingSpace() : nil }
            index = system == nil ? 0 : 1
            let opening: TextPart = .template(Self.beginning + Self.header("system") + preamble)
            turns.append(LaidOutTurn(messages: 0..<index, parts: [opening, .content(system ?? ""), .template(Self.end)]))
        }
        for (number, message) in messages.enumerated().dropFirst(index) {
            let content = message.role == .tool && date != nil ? Self.quoted(message.content) : message.content.trimmingSpace()
            let opening = (number == 0 && date == nil ? Self.beginning : "") + Self.header(name(of: message.role))
            turns.append(
                LaidOutTurn(messages: number..<(number + 1), parts: [.template(opening), .content(content), .template(Self.end)]))
        }
        return turns
    }

    /// A text as JSON, which is how Llama 3.1 is shown the answers of tools.
    private static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).text(pretty: false), as: UTF8.self)
    }
}
