import Autodidact
import Texts

/// The parameters of a request, read by name and type; what nobody has read is refused at the end.
struct RequestFields {
    private var unread: [String: JSONNode]

    /// The parameters in a body.
    ///
    /// - Throws: Where it is not one JSON object in UTF-8.
    init(_ body: [UInt8]) throws(APIError) {
        guard let text = String(validating: body, as: UTF8.self) else { throw .invalid("the body is not UTF-8") }
        let node: JSONNode
        do {
            node = try JSONNodeReader.read(text)
        } catch {
            throw .invalid(
                "the body is not valid JSON: line \(error.line), column \(error.column): expected \(error.expected.shown), found "
                    + error.found.shown)
        }
        guard case .object(let members) = node else { throw .invalid("the body must be a JSON object, not \(node.apiKind)") }
        // To send null is to leave a parameter out.
        unread = members.filter { $0.value != .null }
    }

    /// A parameter as it stands; nil where it is not there, or null.
    mutating func node(_ name: String) -> JSONNode? { unread.removeValue(forKey: name) }

    mutating func string(_ name: String) throws(APIError) -> String? {
        guard let node = node(name) else { return nil }
        guard case .string(let value) = node else { throw .wrongType(name, is: node, expected: "a string") }
        return value
    }

    mutating func flag(_ name: String) throws(APIError) -> Bool? {
        guard let node = node(name) else { return nil }
        guard case .bool(let value) = node else { throw .wrongType(name, is: node, expected: "true or false") }
        return value
    }

    mutating func whole(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let node = node(name) else { return nil }
        guard case .number(let text) = node else { throw .wrongType(name, is: node, expected: "an integer") }
        guard let value = Int(text) else {
            throw .invalid("'\(name)' is \(text.shown), not an integer of 64 bits", parameter: name, code: "invalid_type")
        }
        if value < range.lowerBound {
            throw .invalid("'\(name)' is \(value), below \(range.lowerBound)", parameter: name, code: "integer_below_min_value")
        }
        if value > range.upperBound {
            throw .invalid("'\(name)' is \(value), above \(range.upperBound)", parameter: name, code: "integer_above_max_value")
        }
        return value
    }

    mutating func number(_ name: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
        guard let node = node(name) else { return nil }
        guard case .number(let text) = node, let value = Double(text) else { throw .wrongType(name, is: node, expected: "a number") }
        if value < range.lowerBound {
            throw .invalid("'\(name)' is \(text), below \(range.lowerBound)", parameter: name, code: "decimal_below_min_value")
        }
        if value > range.upperBound {
            throw .invalid("'\(name)' is \(text), above \(range.upperBound)", parameter: name, code: "decimal_above_max_value")
        }
        return value
    }

    /// Takes a parameter that this server does not have, where its value asks for nothing.
    mutating func neutral(_ name: String, _ values: [JSONNode]) throws(APIError) {
        guard let node = node(name), !values.contains(node) else { return }
        let allowed = values.isEmpty ? "" : "; leave it out, or send \(values.map(\.text).joined(separator: " or "))"
        throw .invalid("'\(name)' is not supported by this server\(allowed)", parameter: name, code: "unsupported_parameter")
    }

    /// Takes a parameter that changes nothing of an answer.
    mutating func ignored(_ name: String) { unread[name] = nil }

    /// Refuses what was never asked for, by the name that comes first.
    func refuseRest() throws(APIError) {
        guard let name = unread.keys.min() else { return }
        throw .invalid("unknown parameter '\(name.shown)'", parameter: name.shown, code: "unknown_parameter")
    }
}
