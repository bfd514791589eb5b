import Autodidact
import Texts

extension AskedAnswer {
    /// What `prompt` holds: a text, texts, token ids, or lists of them.
    static func prompts(_ fields: inout RequestFields) throws(APIError) -> [Prompt] {
        let expected = "a string, an array of strings, an array of token ids or an array of such arrays"
        guard let node = fields.node("prompt") else {
            throw .invalid("'prompt' is missing", parameter: "prompt", code: "missing_required_parameter")
        }
        if case .string(let text) = node { return [.text(text)] }
        guard case .array(let nodes) = node else { throw .wrongType("prompt", is: node, expected: expected) }
        guard let first = nodes.first else { throw .invalid("'prompt' is an empty array", parameter: "prompt", code: "empty_array") }
        if case .number = first { return [.tokens(try tokens(nodes))] }
        var prompts: [Prompt] = []
        for node in nodes {
            switch (first, node) {
            case (.string, .string(let text)): prompts.append(.text(text))
            case (.array, .array(let ids)): prompts.append(.tokens(try tokens(ids)))
            default: throw .wrongType("prompt", is: node, expected: expected)
            }
        }
        return prompts
    }

    private static func tokens(_ nodes: [JSONNode]) throws(APIError) -> [TokenID] {
        var tokens: [TokenID] = []
        tokens.reserveCapacity(nodes.count)
        for node in nodes {
            guard case .number(let text) = node else { throw .wrongType("prompt", is: node, expected: "an array of token ids") }
            guard let token = TokenID(text), token >= 0 else {
                throw .invalid("'prompt' holds \(text.shown), which is no token id", parameter: "prompt", code: "invalid_value")
            }
            tokens.append(token)
        }
        return tokens
    }

    /// What `messages` holds, as one conversation.
    static func messages(_ fields: inout RequestFields) throws(APIError) -> [Prompt] {
        guard let node = fields.node("messages") else {
            throw .invalid("'messages' is missing", parameter: "messages", code: "missing_required_parameter")
        }
        guard case .array(let nodes) = node else { throw .wrongType("messages", is: node, expected: "an array of messages") }
        guard !nodes.isEmpty else { throw .invalid("'messages' is an empty array", parameter: "messages", code: "empty_array") }
        var turns: [ConversationTurn] = []
        for (index, node) in nodes.enumerated() { turns.append(try turn(node, at: "messages[\(index)]")) }
        return [.conversation(turns)]
    }

    private static func turn(_ node: JSONNode, at place: String) throws(APIError) -> ConversationTurn {
        guard case .object(var members) = node else { throw .wrongType(place, is: node, expected: "an object") }
        members = members.filter { $0.value != .null }
        guard case .string(let role)? = members.removeValue(forKey: "role"), let speaker = speaker(role) else {
            throw .invalid(
                "'\(place).role' must be one of system, developer, user, assistant, tool", parameter: "\(place).role", code: "invalid_value"
            )
        }
        guard let content = members.removeValue(forKey: "content") else {
            throw .invalid("'\(place).content' is missing", parameter: "\(place).content", code: "missing_required_parameter")
        }
        let text = try text(content, at: "\(place).content")
        // Which call a tool answers is written by none of the templates.
        if speaker == .tool { members["tool_call_id"] = nil }
        if members["tool_calls"] == .array([]) { members["tool_calls"] = nil }
        guard let name = members.keys.min() else { return ConversationTurn(speaker, text) }
        let path = "\(place).\(name.shown)"
        throw .invalid("'\(path)' is not supported by this server", parameter: path, code: "unsupported_parameter")
    }

    /// Who speaks in a role; a developer is the system.
    private static func speaker(_ role: String) -> ConversationTurn.Speaker? {
        role == "developer" ? .system : ConversationTurn.Speaker(rawValue: role)
    }

    /// A text, or the texts of several parts with line breaks between them.
    private static func text(_ content: JSONNode, at place: String) throws(APIError) -> String {
        if case .string(let text) = content { return text }
        guard case .array(let parts) = content else { throw .wrongType(place, is: content, expected: "a string or an array of text parts") }
        var texts: [String] = []
        for (index, part) in parts.enumerated() {
            guard case .object(let members) = part, members["type"] == .string("text"), case .string(let text)? = members["text"],
                members.count == 2
            else { throw .unsupported("\(place)[\(index)]", "must be a part of the form {\"type\": \"text\", \"text\": …}") }
            texts.append(text)
        }
        return texts.joined(separator: "\n")
    }
}
