import Autodidact

extension OwnTaskRow {
    /// The pattern of a row, in `pattern` or where other answers are; or the one for all rows, where there is one.
    static func pattern(
        in members: [String: JSONNode], fields: RowFields, instead common: String?
    ) throws(OwnTaskFault) -> String {
        if let common { return common }
        let (field, value) = try reference(in: members, fields: fields, named: "pattern")
        guard case .string(let text) = value else {
            throw .wrongType(field: field, found: value.name, expected: "a regular expression as text")
        }
        if text.isEmpty { throw .blank(field: field) }
        do {
            _ = try Pattern(text)
        } catch {
            throw .unreadable(field: field, problem: "\(error)")
        }
        return text
    }

    /// A response that a row says is right; nil where it states none.
    static func solution(in members: [String: JSONNode], reply: (field: String, text: String)?) throws(OwnTaskFault) -> String? {
        guard let (field, value) = try StatedAnswer.response(in: members, reply: reply) else { return nil }
        guard case .string(let text) = value else { throw .wrongType(field: field, found: value.name, expected: "a response as text") }
        if text.withoutOuterSpace.isEmpty { throw .blank(field: field) }
        return text
    }

    /// What responses are judged by: in the field that was named, in one of the verifier's own, or where other answers are.
    private static func reference(
        in members: [String: JSONNode], fields: RowFields, named own: String
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode) {
        if let field = fields.answer { return (field, try value(at: field, in: members, option: "--answer-field")) }
        if let stated = try StatedAnswer.itself(in: members, named: [own]) { return stated }
        throw .missing(field: own, option: "--answer-field", known: members.keys.sorted())
    }
}
