import Autodidact

/// Which fields of a row hold what.
public struct RowFields: Sendable, Hashable, Codable {
    /// The prompt's field, or a path such as `extra_info.question`; nil means `prompt`, else `messages`.
    public let prompt: String?
    /// The field of SQL that makes a query's database, or a path; nil means `setup`, else `schema`.
    public let setup: String?
    /// The answer's field, or a path such as `reward_model.ground_truth`; nil means what `StatedAnswer` finds, `answer` first.
    public let answer: String?

    /// What holds the prompt where nothing is named.
    public static let defaultPrompt = "prompt"
    /// What holds the answer where nothing is named.
    public static let defaultAnswer = "answer"
    /// What holds the script before a query where nothing is named.
    public static let defaultSetup = "setup"

    /// Fields of these names.
    public init(prompt: String? = nil, answer: String? = nil, setup: String? = nil) {
        self.setup = setup
        self.prompt = prompt
        self.answer = answer
    }
}

/// A problem as a line of a file states it.
struct OwnTaskRow: Sendable, Hashable {
    /// What the policy sees: the prompt, with its choices where there are any.
    let prompt: String
    /// What the verifier compares with: in a rule's canonical form, as tests in a reference, or as it was written for an executable.
    let answer: String
    /// A response that must be right, where it is not the answer itself; nil where the row states none.
    let solution: String?
    /// From 1 up.
    let level: Int

    /// The row of a line; `requiresChoices` where an earlier row's choices are what tells the rule.
    init(line: String, fields: RowFields, verifier: OwnVerifier, requiresChoices: Bool = false) throws(OwnTaskFault) {
        let members = try Self.members(of: line)
        let (field, value) = try Self.prompt(in: members, fields: fields)
        let (text, said) = try Self.text(of: value, field: field)
        let reply = said.map { (field: field, text: $0) }
        if members["choices"] != nil && verifier != .rule(.choice) { throw .unread(field: "choices", verifier: verifier) }
        switch verifier {
        case .rule(let rule):
            guard let stated = try Self.answer(in: members, fields: fields, reply: reply) else {
                throw .missing(field: RowFields.defaultAnswer, option: "--answer-field", known: members.keys.sorted())
            }
            (prompt, answer) = try Self.compared(members, text, with: stated, by: rule, requiresChoices: requiresChoices)
            solution = nil
        case .pythonTests:
            let row = try ProgramRow(members)
            (prompt, answer, solution) = (text, row.tests.reference, row.solution)
        case .sql:
            (prompt, answer) = (text, try Self.query(in: members, fields: fields).text)
            solution = nil
        case .jsonSchema:
            (prompt, answer) = (text, try Self.schema(in: members, fields: fields).text)
            solution = try Self.solution(in: members, reply: reply, isValue: true)
        case .regex(let pattern):
            (prompt, answer) = (text, try Self.pattern(in: members, fields: fields, instead: pattern))
            solution = try Self.solution(in: members, reply: reply)
        case .command:
            (prompt, answer) = (text, try Self.answer(in: members, fields: fields, reply: reply)?.value.anything ?? "")
            // What an executable accepts is its own affair: an answer need not be a response.
            solution = nil
        }
        level = try members["level"].map(Self.level) ?? 1
    }

    /// Prompt and answer of a row that a rule judges.
    private static func compared(
        _ members: [String: JSONNode], _ text: String, with stated: (field: String, value: JSONNode), by rule: AnswerRule,
        requiresChoices: Bool
    ) throws(OwnTaskFault) -> (prompt: String, answer: String) {
        let written = try written(stated.value, field: stated.field, rule: rule)
        if let value = members["choices"] {
            let choices = try ChoiceList(value)
            return (choices.question(text), try choices.letter(ofAnswer: written, field: stated.field))
        }
        if requiresChoices { throw .missing(field: "choices", option: "--verifier", known: members.keys.sorted()) }
        guard let reference = rule.reference(written) else {
            throw .notAnAnswer(field: stated.field, value: String(written.prefix(40)), rule: rule)
        }
        return (text, reference)
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

    /// The answer for an executable: any value, lists and objects as JSON.
    fileprivate var anything: String {
        if case .string(let plain) = self { plain } else { text }
    }
}
