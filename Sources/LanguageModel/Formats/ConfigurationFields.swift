import Foundation

/// Reads the fields of one configuration object, which may lie within another, and says which field of which file is wrong.
struct ConfigurationFields<Key: CodingKey> {
    private let container: KeyedDecodingContainer<Key>
    private let names: [String]
    let file: String
    /// The field of the file that holds this object; empty for the file itself.
    let path: String

    init(_ decoder: any Decoder, keyedBy: Key.Type) throws(ConfigurationError) {
        file = CodingUserInfoKey.configurationFile.flatMap { decoder.userInfo[$0] as? String } ?? "config.json"
        path = decoder.codingPath.map(\.stringValue).joined(separator: ".")
        do {
            container = try decoder.container(keyedBy: Key.self)
            names = try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue).sorted()
        } catch {
            if path.isEmpty { throw .unreadable(file: file, reason: "it must hold one JSON object") }
            throw .malformed(file: file, field: path, reason: "its value must be an object")
        }
    }

    /// Whether the field is there, be it null.
    func contains(_ key: Key) -> Bool { container.contains(key) }

    /// The names of the fields that are no `Key`, sorted.
    func strangers() -> [String] { names.filter { Key(stringValue: $0) == nil } }

    /// The value of a field; `nil` where it is absent or null.
    func optional<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) throws(ConfigurationError) -> Value? {
        do {
            return try container.decodeIfPresent(Value.self, forKey: key)
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw .malformed(file: file, field: name(key), reason: "its value must be \(Self.words(for: Value.self))")
        }
    }

    /// The value of a field that has no default.
    func required<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) throws(ConfigurationError) -> Value {
        guard let value = try optional(key, as: Value.self) else { throw .missing(file: file, field: name(key)) }
        return value
    }

    func check(_ holds: Bool, _ key: Key, _ value: some CustomStringConvertible, _ allowed: String) throws(ConfigurationError) {
        guard holds else { throw .outOfRange(file: file, field: name(key), value: value.description, allowed: allowed) }
    }

    func refuse(_ key: Key, found: String, supported: String) -> ConfigurationError {
        .unsupported(file: file, field: name(key), found: found, supported: supported)
    }

    private func name(_ key: Key) -> String { path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)" }

    /// Any name, to list those of an object.
    private struct AnyName: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
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
        do { data = try ModelFile.text(at: url) } catch { throw .unreadable(file: url.path, reason: error.reason) }
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
