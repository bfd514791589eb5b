import Autodidact

/// Which fields of a row hold what.
public struct RowFields: Sendable, Hashable, Codable {
    /// The prompt's field, or a path such as `extra_info.question`; nil means `prompt`, else `messages`.
    public let prompt: String?
    /// The answer's field, or a path such as `reward_model.ground_truth`; nil means `answer`.
    public let answer: String?

    /// What holds the prompt where nothing is named.
    public static let defaultPrompt = "prompt"
    /// What holds the answer where nothing is named.
    public static let defaultAnswer = "answer"

    /// Fields of these names.
    public init(prompt: String? = nil, answer: String? = nil) {
        self.prompt = prompt
        self.answer = answer
    }
}

/// A problem as a line of a file states it.
struct OwnTaskRow: Sendable, Hashable {
    /// What the policy sees: the prompt, with its choices where there are any.
    let prompt: String
    /// In the rule's canonical form.
    let answer: String
    /// From 1 up.
    let level: Int

    private static let highestLevel = 1_000

    /// The row of a line; `requiresChoices` where an earlier row's choices are what tells the rule.
    init(line: String, fields: RowFields, rule: AnswerRule, requiresChoices: Bool = false) throws(OwnTaskFault) {
        let members = try Self.members(of: line)
        let (field, value) = try Self.prompt(in: members, fields: fields)
        let text = try Self.text(of: value, field: field)
        let answerField = fields.answer ?? RowFields.defaultAnswer
        let written = try Self.written(in: members, field: answerField, rule: rule)
        if let value = members["choices"] {
            guard rule == .choice else { throw .unread(field: "choices", rule: rule) }
            let choices = try ChoiceList(value)
            answer = try choices.letter(ofAnswer: written, field: answerField)
            prompt = choices.question(text)
        } else {
            if requiresChoices { throw .missing(field: "choices", option: "--verifier", known: members.keys.sorted()) }
            guard let reference = rule.reference(written) else {
                throw .notAnAnswer(field: answerField, value: String(written.prefix(40)), rule: rule)
            }
            (answer, prompt) = (reference, text)
        }
        level = try members["level"].map(Self.level) ?? 1
    }

    /// The fields of a line.
    static func members(of line: String) throws(OwnTaskFault) -> [String: JSONNode] {
        let node: JSONNode
        do {
            node = try JSONNodeReader.read(line, keepsNumbers: true)
        } catch {
            throw .notJSON(column: error.column, found: error.found, expected: error.expected)
        }
        guard case .object(let members) = node else { throw .notAnObject(found: node.name) }
        return members
    }

    private static func prompt(
        in members: [String: JSONNode], fields: RowFields
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode) {
        if let field = fields.prompt { return (field, try value(at: field, in: members, option: "--prompt-field")) }
        if members["prompt"] != nil && members["messages"] != nil { throw .twoPrompts }
        if let messages = members["messages"] { return ("messages", messages) }
        let field = RowFields.defaultPrompt
        return (field, try value(at: field, in: members, option: "--prompt-field"))
    }

    /// The value of a field, or at the end of a path of fields.
    private static func value(at field: String, in members: [String: JSONNode], option: String) throws(OwnTaskFault) -> JSONNode {
        let path = field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let value = members[field] ?? JSONNode.object(members)[path] else {
            throw .missing(field: field, option: option, known: members.keys.sorted())
        }
        return value
    }

    /// The text of a prompt: itself, or that of the one message in a list.
    private static func text(of value: JSONNode, field: String) throws(OwnTaskFault) -> String {
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
    private static func written(in members: [String: JSONNode], field: String, rule: AnswerRule) throws(OwnTaskFault) -> String {
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
    private static func level(_ value: JSONNode) throws(OwnTaskFault) -> Int {
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

extension JSONNode {
    /// What the value is called in messages, with the value itself where it is short.
    var name: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let digits): "the number \(digits.prefix(40))"
        case .string(let text): text.isEmpty ? "an empty text" : "the text '\(text.prefix(40))'"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
