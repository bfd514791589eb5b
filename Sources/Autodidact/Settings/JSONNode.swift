/// A JSON value whose numbers keep their decimal text, so that 0.001 is never anything else.
package enum JSONNode: Sendable, Hashable {
    case null
    case bool(Bool)
    /// In canonical form, an integer's digits or the shortest decimal that gives the Double; or, where it was read so, as written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    /// A finite number from its text; nil for anything else.
    init?(number text: some StringProtocol) {
        if let value = Int64(text) {
            self = .number("\(value)")
        } else if let value = UInt64(text) {
            self = .number("\(value)")
        } else if let value = Double(text), value.isFinite, text.allSatisfy({ "0123456789.eE+-".contains($0) }) {
            self = .number(value == value.rounded() && abs(value) < 0x1p53 ? "\(Int64(value))" : "\(value)")
        } else {
            return nil
        }
    }

    /// What a value of this type is called in messages.
    package var kind: String {
        switch self {
        case .null: "a value"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "a group of settings"
        }
    }

    /// Infinity is written as text, since JSON has no number for it.
    var isNumber: Bool {
        switch self {
        case .number, .string("infinity"), .string("-infinity"): true
        default: false
        }
    }

    /// The node at a path of names; nil where there is none.
    package subscript(path: some Collection<String>) -> JSONNode? {
        guard let name = path.first else { return self }
        guard case .object(let members) = self else { return nil }
        return members[name]?[path.dropFirst()]
    }

    /// This tree with the node at an existing path replaced.
    func replacing(_ path: some Collection<String>, with node: JSONNode) -> JSONNode {
        guard let name = path.first else { return node }
        guard case .object(var members) = self, let child = members[name] else { return self }
        members[name] = child.replacing(path.dropFirst(), with: node)
        return .object(members)
    }

    /// Every node that is not an object, with its dotted path, sorted by path.
    func leaves(prefix: String = "") -> [(key: String, node: JSONNode)] {
        guard case .object(let members) = self else { return [(prefix, self)] }
        return members.sorted { $0.key < $1.key }.flatMap { $1.leaves(prefix: prefix.isEmpty ? $0 : prefix + "." + $0) }
    }
}

extension JSONNode {
    /// Compact JSON with sorted keys: equal values have equal texts.
    package var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let digits): digits
        case .string(let value): Self.quoted(value)
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { Self.quoted($0) + ":" + $1.text }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
