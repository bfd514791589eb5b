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

    /// The schema of a row, in `schema` or where other answers are: a value, or its text.
    static func schema(in members: [String: JSONNode], fields: RowFields) throws(OwnTaskFault) -> JSONNode {
        var (field, value) = try reference(in: members, fields: fields, named: "schema")
        if case .string(let text) = value {
            do {
                value = try JSONNodeReader.read(text, keepsNumbers: true)
            } catch {
                throw .wrongType(field: field, found: "text that is no JSON", expected: "a JSON schema, or the text of one")
            }
        }
        do {
            _ = try JSONSchema(value)
        } catch {
            throw .unreadable(field: field, problem: "\(error)")
        }
        return value
    }

    /// The query of a row, in `query` or where other answers are, with the script that makes its database.
    static func query(in members: [String: JSONNode], fields: RowFields) throws(OwnTaskFault) -> QueryReference {
        let (field, value) = try reference(in: members, fields: fields, named: "query")
        guard case .string(let query) = value else { throw .wrongType(field: field, found: value.name, expected: "a query as text") }
        if query.withoutOuterSpace.isEmpty { throw .blank(field: field) }
        return QueryReference(setup: try script(in: members, fields: fields), query: query)
    }

    /// The script of a row: text, or a list of statements.
    private static func script(in members: [String: JSONNode], fields: RowFields) throws(OwnTaskFault) -> String {
        let known = [RowFields.defaultSetup, "schema"].filter { members[$0] != nil }
        if fields.setup == nil && known.count > 1 { throw .ambiguousSetup(fields: known) }
        let field = fields.setup ?? known.first ?? RowFields.defaultSetup
        var statements: [String] = []
        switch try value(at: field, in: members, option: "--setup-field") {
        case .string(let text): statements = [text]
        case .array(let elements):
            for element in elements {
                guard case .string(let text) = element else {
                    throw .wrongType(field: field, found: element.name, expected: "SQL as text, or a list of such texts")
                }
                // Lists hold statements with a semicolon and without; one more changes nothing.
                statements.append(text + ";")
            }
        case let other: throw .wrongType(field: field, found: other.name, expected: "SQL as text, or a list of such texts")
        }
        return statements.joined(separator: "\n")
    }

    /// A response that a row says is right; nil where it states none.
    ///
    /// - Parameter isValue: Whether a JSON value that is no text is one, too.
    static func solution(
        in members: [String: JSONNode], reply: (field: String, text: String)?, isValue: Bool = false
    ) throws(OwnTaskFault) -> String? {
        guard let (field, value) = try StatedAnswer.response(in: members, reply: reply) else { return nil }
        if isValue, case .object = value { return value.text }
        if isValue, case .array = value { return value.text }
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
