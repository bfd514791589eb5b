import Autodidact
import Texts

/// Reads schemas; what would be passed over is refused.
struct SchemaReader {
    private(set) var definitions: [String: SchemaNode] = [:]
    private var names: Set<String> = []

    /// Keywords that say nothing of a value.
    private static let notes: Set = [
        "$schema", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    ]
    private static let mostDefinitions = 1_000
    /// What the whole is called among definitions.
    private static let whole = ""
    /// The largest count that is read.
    private static let mostCount = 1_000_000_000

    /// The whole schema, with what it defines.
    mutating func root(_ node: JSONNode) throws(SchemaFault) -> SchemaNode {
        var schemas: [String: JSONNode] = [:]
        if case .object(let members) = node, let defined = members["$defs"] {
            guard case .object(let named) = defined, named.count <= Self.mostDefinitions, named[Self.whole] == nil else {
                throw Self.wrong("$defs", "", "at most \(Self.mostDefinitions) schemas, each by a name")
            }
            schemas = named
        }
        names = Set(schemas.keys)
        for (name, node) in schemas.sorted(by: { $0.key < $1.key }) { definitions[name] = try schema(node, at: "/$defs/\(name)") }
        let root = try schema(node, at: "")
        try checkProgress(of: root)
        return root
    }

    private static func wrong(_ keyword: String, _ place: String, _ expected: String) -> SchemaFault {
        SchemaFault(place: "\(place)/\(keyword)".shown, problem: "must be \(expected)")
    }

    private func schema(_ node: JSONNode, at place: String) throws(SchemaFault) -> SchemaNode {
        switch node {
        case .bool(let value): return .always(value)
        case .object(let members):
            var rules: [SchemaRule] = []
            for (keyword, value) in members.sorted(by: { $0.key < $1.key }) {
                if let rule = try rule(keyword, value, among: members, at: place) { rules.append(rule) }
            }
            return .all(rules)
        default: throw SchemaFault(place: place.shown, problem: "must be an object, true or false")
        }
    }

    /// The rule of a keyword; nil where it says nothing by itself.
    private func rule(
        _ keyword: String, _ value: JSONNode, among members: [String: JSONNode], at place: String
    ) throws(SchemaFault) -> SchemaRule? {
        let here = "\(place)/\(keyword)"
        switch keyword {
        case "type": return .type(try types(value, at: place))
        case "const": return .oneOfValues([value.key])
        case "enum":
            guard case .array(let values) = value, !values.isEmpty else { throw Self.wrong(keyword, place, "a list of values") }
            return .oneOfValues(values.map(\.key))
        case "properties", "additionalProperties": return try properties(keyword, members, at: place)
        case "required": return .required(try texts(value, keyword, at: place))
        case "prefixItems", "items": return try items(keyword, members, at: place)
        case "uniqueItems":
            guard case .bool(let isUnique) = value else { throw Self.wrong(keyword, place, "true or false") }
            return isUnique ? .unique : nil
        case "pattern":
            guard case .string(let text) = value else { throw Self.wrong(keyword, place, "a regular expression as text") }
            do {
                return .pattern(try Pattern(text))
            } catch {
                throw SchemaFault(place: here.shown, problem: "cannot be read: \(error)")
            }
        case "multipleOf":
            let divisor = try number(value, keyword, at: place)
            guard !divisor.isZero, !divisor.isNegative else { throw Self.wrong(keyword, place, "a number above zero") }
            return .multiple(of: divisor)
        case "anyOf": return .any(try schemas(value, keyword, at: place))
        case "allOf": return .every(try schemas(value, keyword, at: place))
        case "oneOf": return .exactlyOne(try schemas(value, keyword, at: place))
        case "not": return .not(try schema(value, at: here))
        case "$ref": return .reference(try reference(value, at: place))
        case "$defs":
            if place.isEmpty { return nil }
            throw SchemaFault(place: here.shown, problem: "may only stand at the top")
        default:
            if let bound = SchemaBound(rawValue: keyword) { return .bound(try number(value, keyword, at: place), bound) }
            if let rule = try count(keyword, value, at: place) { return rule }
            if Self.notes.contains(keyword) { return nil }
            throw SchemaFault(
                place: here.shown, problem: "is a keyword that is not read, and would be passed over; \(Self.remedy(for: keyword))")
        }
    }

    private static func remedy(for keyword: String) -> String {
        switch keyword {
        case "definitions": "write $defs"
        case "format": "say it with pattern"
        default: "take it out, or judge by an executable"
        }
    }

    private func types(_ value: JSONNode, at place: String) throws(SchemaFault) -> [SchemaType] {
        let words = if case .string(let word) = value { [word] } else { try texts(value, "type", at: place) }
        var types: [SchemaType] = []
        for word in words {
            guard let type = SchemaType(rawValue: word) else {
                throw Self.wrong("type", place, "of \(SchemaType.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            if !types.contains(type) { types.append(type) }
        }
        if types.isEmpty { throw Self.wrong("type", place, "a type, or a list of some") }
        return types
    }

    private func texts(_ value: JSONNode, _ keyword: String, at place: String) throws(SchemaFault) -> [String] {
        guard case .array(let elements) = value else { throw Self.wrong(keyword, place, "a list of texts") }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw Self.wrong(keyword, place, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    private func number(_ value: JSONNode, _ keyword: String, at place: String) throws(SchemaFault) -> Rational {
        guard case .number(let digits) = value, let number = Rational(json: digits) else { throw Self.wrong(keyword, place, "a number") }
        return number
    }

    private func schemas(_ value: JSONNode, _ keyword: String, at place: String) throws(SchemaFault) -> [SchemaNode] {
        guard case .array(let elements) = value, !elements.isEmpty else { throw Self.wrong(keyword, place, "a list of schemas") }
        var schemas: [SchemaNode] = []
        for (index, element) in elements.enumerated() { schemas.append(try schema(element, at: "\(place)/\(keyword)/\(index)")) }
        return schemas
    }

    /// Both keywords are one rule, made at the first of them.
    private func properties(_ keyword: String, _ members: [String: JSONNode], at place: String) throws(SchemaFault) -> SchemaRule? {
        if keyword == "properties", members["additionalProperties"] != nil { return nil }
        var named: [String: SchemaNode] = [:]
        if let value = members["properties"] {
            guard case .object(let schemas) = value else { throw Self.wrong("properties", place, "schemas by name") }
            for (name, node) in schemas.sorted(by: { $0.key < $1.key }) {
                named[name] = try schema(node, at: "\(place)/properties/\(name)")
            }
        }
        let others = try members["additionalProperties"].map { node throws(SchemaFault) in
            try schema(node, at: "\(place)/additionalProperties")
        }
        return .properties(named, others: others)
    }

    private func items(_ keyword: String, _ members: [String: JSONNode], at place: String) throws(SchemaFault) -> SchemaRule? {
        if keyword == "prefixItems", members["items"] != nil { return nil }
        let first = try members["prefixItems"].map { node throws(SchemaFault) in try schemas(node, "prefixItems", at: place) }
        let rest = try members["items"].map { node throws(SchemaFault) in
            if case .array = node { throw Self.wrong("items", place, "one schema; for one each in their order write prefixItems") }
            return try schema(node, at: "\(place)/items")
        }
        return .items(first: first ?? [], rest: rest)
    }

    private func count(_ keyword: String, _ value: JSONNode, at place: String) throws(SchemaFault) -> SchemaRule? {
        guard keyword.hasPrefix("min") || keyword.hasPrefix("max"), let count = SchemaCount(rawValue: String(keyword.dropFirst(3)))
        else { return nil }
        guard let number = try number(value, keyword, at: place).int, 0...Self.mostCount ~= number else {
            throw Self.wrong(keyword, place, "a whole number from 0 to \(Self.mostCount)")
        }
        return keyword.hasPrefix("min") ? .count(count, least: number, most: nil) : .count(count, least: 0, most: number)
    }

    private func reference(_ value: JSONNode, at place: String) throws(SchemaFault) -> String? {
        guard case .string(let pointer) = value else { throw Self.wrong("$ref", place, "text such as #/$defs/name") }
        if pointer == "#" { return nil }
        let start = "#/$defs/"
        let name =
            pointer.hasPrefix(start) ? String(pointer.dropFirst(start.count)).replacing("~1", with: "/").replacing("~0", with: "~") : ""
        guard names.contains(name) else { throw Self.wrong("$ref", place, "# or #/$defs/ with a name that is there") }
        return name
    }

    /// Refuses definitions that come to themselves before they look into a value: nothing would ever be said of it.
    private func checkProgress(of root: SchemaNode) throws(SchemaFault) {
        var open = definitions.mapValues(Self.immediate)
        open[Self.whole] = Self.immediate(root)
        while true {
            let settled = open.filter { !$0.value.contains { open[$0] != nil } }
            if settled.isEmpty { break }
            for name in settled.keys { open[name] = nil }
        }
        guard let name = open.keys.min() else { return }
        throw SchemaFault(
            place: name == Self.whole ? "" : "/$defs/\(name)".shown,
            problem: "comes back to itself by $ref and says nothing of a value on the way")
    }

    /// The definitions that a schema holds the same value against.
    private static func immediate(_ node: SchemaNode) -> Set<String> {
        guard case .all(let rules) = node else { return [] }
        return rules.reduce(into: []) { names, rule in
            switch rule {
            case .reference(let name): names.insert(name ?? whole)
            case .any(let nodes), .every(let nodes), .exactlyOne(let nodes): for node in nodes { names.formUnion(immediate(node)) }
            case .not(let node): names.formUnion(immediate(node))
            default: break
            }
        }
    }
}
