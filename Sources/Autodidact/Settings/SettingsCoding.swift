import Foundation

/// Between typed settings and their tree.
enum SettingsCoding {
    /// The tree that a value encodes to; its root must be an object.
    static func node(of value: some Encodable) throws -> JSONNode {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "not a number")
        let node = try JSONNodeReader.read(String(decoding: try encoder.encode(value), as: UTF8.self))
        guard case .object = node else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "settings must encode to an object"))
        }
        return node
    }

    /// The value that a tree decodes to.
    static func value<Value: Decodable>(_ type: Value.Type, from node: JSONNode) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "not a number")
        return try decoder.decode(type, from: Data(node.text.utf8))
    }

    /// Why a reading of the right JSON type was not accepted, as an error of its key.
    static func refusal(_ error: any Error, of reading: JSONNode, key: String, text: String) -> SettingsError {
        switch reading {
        case .number(let digits) where Int64(digits) == nil && UInt64(digits) == nil:
            .wrongType(key: key, value: text, expected: "a whole number")
        case .number(let digits) where digits.hasPrefix("-"):
            .outOfRange(key: key, value: text, allowed: "whole numbers from 0 up")
        case .number: .outOfRange(key: key, value: text, allowed: "whole numbers that its type can hold")
        case .string("infinity"), .string("-infinity"): .wrongType(key: key, value: text, expected: "a finite number")
        case .string: .outOfRange(key: key, value: text, allowed: allowed(error))
        default: .wrongType(key: key, value: text, expected: "another list of values: \(reason(error))")
        }
    }

    /// What a text may be, where the type that refused it says so in its error.
    private static func allowed(_ error: any Error) -> String {
        let reason = reason(error)
        return reason.isEmpty || reason.hasPrefix("Cannot initialize") ? "the values that its help names" : reason
    }

    private static func reason(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
            context.debugDescription
        default: "\(error)"
        }
    }
}
