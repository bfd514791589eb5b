import Autodidact

extension OwnTaskRow {
    private static let highestLevel = 1_000

    /// The fields of a line.
    static func members(of line: String) throws(OwnTaskFault) -> [String: JSONNode] {
        let node: JSONNode
        do {
            node = try JSONNodeReader.read(line, keepsNumbers: true)
        } catch {
            let text = line.withoutOuterSpace
            if text.first != "{" && text.first != "[" {
                throw .noJSON(line: text, looksLikeCSV: text.contains { [",", ";", "\t"].contains($0) })
            }
            throw .notJSON(column: error.column, found: error.found, expected: error.expected)
        }
        guard case .object(let members) = node else { throw .notAnObject(found: node.name) }
        return members
    }

    /// The prompt's field and what it holds.
    static func prompt(
        in members: [String: JSONNode], fields: RowFields
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode) {
        if let field = fields.prompt { return (field, try value(at: field, in: members, option: "--prompt-field")) }
        if members["prompt"] != nil && members["messages"] != nil { throw .twoPrompts }
        if let messages = members["messages"] { return ("messages", messages) }
        let field = RowFields.defaultPrompt
        return (field, try value(at: field, in: members, option: "--prompt-field"))
    }

    /// The value of a field, or at the end of a path of fields.
    static func value(at field: String, in members: [String: JSONNode], option: String) throws(OwnTaskFault) -> JSONNode {
        let path = field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let value = members[field] ?? JSONNode.object(members)[path] else {
            throw .missing(field: field, option: option, known: members.keys.sorted())
        }
        return value
    }

    /// The text of a prompt: itself, or that of the one message in a list.
    static func text(of value: JSONNode, field: String) throws(OwnTaskFault) -> String {
        let text: String
        switch value {
        case .string(let plain): text = plain
        case .array(let messages):
            var turns: [(role: String, content: String)] = []
            for message in messages {
                guard case .object(let parts) = message, case .string(let role)? = parts["role"],
                    case .string(let content)? = parts["content"]
                else { throw .wrongType(field: field, found: "a list", expected: "text, or messages with a role and a text as content") }
                turns.append((role, content))
            }
            guard turns.count == 1, turns[0].role == "user" else { throw .turns(field: field, roles: turns.map(\.role)) }
            text = turns[0].content
        default: throw .wrongType(field: field, found: value.name, expected: "text, or a list of messages")
        }
        if text.withoutOuterSpace.isEmpty { throw .blank(field: field) }
        return text
    }

    /// The answer as the row has it.
    static func written(in members: [String: JSONNode], field: String, rule: AnswerRule) throws(OwnTaskFault) -> String {
        let written: String
        switch try value(at: field, in: members, option: "--answer-field") {
        case .string(let text): written = text
        case .number(let digits): written = digits
        case .bool(let value) where rule == .exact: written = "\(value)"
        case let other: throw .wrongType(field: field, found: other.name, expected: "text or a number")
        }
        if written.withoutOuterSpace.isEmpty { throw .blank(field: field) }
        return written
    }

    /// A level: a whole number, as such, as text, or as in `Level 3`.
    static func level(_ value: JSONNode) throws(OwnTaskFault) -> Int {
        let digits: Substring? =
            switch value {
            case .number(let digits): digits[...]
            case .string(let text): text.wholeMatch(of: /(?:Level )?([0-9]+)/)?.1
            default: nil
            }
        guard let level = digits.flatMap({ Int($0) }), 1...highestLevel ~= level else {
            throw .wrongType(field: "level", found: value.name, expected: "a whole number from 1 to \(highestLevel); else rename the field")
        }
        return level
    }
}
