import Foundation

/// Reads the fields of one configuration object, and says which field of which file is wrong.
struct ConfigurationFields<Key: CodingKey> {
    private let container: KeyedDecodingContainer<Key>
    let file: String

    init(_ decoder: any Decoder, keyedBy: Key.Type) throws(ConfigurationError) {
        file = CodingUserInfoKey.configurationFile.flatMap { decoder.userInfo[$0] as? String } ?? "config.json"
        do {
            container = try decoder.container(keyedBy: Key.self)
        } catch {
            throw .unreadable(file: file, reason: "it must hold one JSON object")
        }
    }

    /// The value of a field; `nil` where it is absent or null.
    func optional<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) throws(ConfigurationError) -> Value? {
        do {
            return try container.decodeIfPresent(Value.self, forKey: key)
        } catch {
            throw .malformed(file: file, field: key.stringValue, reason: "its value must be \(Self.words(for: Value.self))")
        }
    }

    /// The value of a field that has no default.
    func required<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) throws(ConfigurationError) -> Value {
        guard let value = try optional(key, as: Value.self) else { throw .missing(file: file, field: key.stringValue) }
        return value
    }

    func check(_ holds: Bool, _ key: Key, _ value: some CustomStringConvertible, _ allowed: String) throws(ConfigurationError) {
        guard holds else { throw .outOfRange(file: file, field: key.stringValue, value: value.description, allowed: allowed) }
    }

    func refuse(_ key: Key, found: String, supported: String) -> ConfigurationError {
        .unsupported(file: file, field: key.stringValue, found: found, supported: supported)
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is Int.Type, is Int32.Type: "a whole number"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is String.Type: "a string"
        case is [String].Type: "a list of strings"
        case is TokenIDList.Type: "a token id or a list of token ids"
        default: "an object"
        }
    }
}

extension CodingUserInfoKey {
    /// The file that is being decoded, for messages.
    static var configurationFile: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "autodidact.configuration-file") }
}

/// Reads and writes whole configuration files.
enum ConfigurationDocument {
    static func load<Value: Decodable>(_ type: Value.Type, from url: URL) throws(ConfigurationError) -> Value {
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw .unreadable(file: url.path, reason: error.localizedDescription)
        }
        let decoder = JSONDecoder()
        if let key = CodingUserInfoKey.configurationFile { decoder.userInfo[key] = url.path }
        do {
            return try decoder.decode(Value.self, from: data)
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw .unreadable(file: url.path, reason: "it is not valid JSON")
        }
    }

    /// Indented, with sorted keys and a final newline: equal values give equal files.
    static func save(_ value: some Encodable, to url: URL) throws(ConfigurationError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            var data = try encoder.encode(value)
            data.append(UInt8(ascii: "\n"))
            try data.write(to: url, options: .atomic)
        } catch {
            throw .unwritable(file: url.path, reason: error.localizedDescription)
        }
    }
}
