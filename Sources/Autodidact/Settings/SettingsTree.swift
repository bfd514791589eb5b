public import struct Foundation.Data

/// A typed settings value as a tree of dotted keys that can be changed by text, file and command line, each change checked at once.
///
///     var tree = SettingsTree(defaults: RunSettings())
///     try tree.apply("gate.confidence=0.99")
///     let settings = try tree.resolved()
///
/// The keys are those of the defaults' encoding, so every key that is accepted is read: properties must not be optional, since a nil
/// is not encoded and could not be set. Infinity is written `infinity`; NaN is refused.
public struct SettingsTree<Value: Codable & Sendable>: Sendable {
    private let defaults: JSONNode
    private var node: JSONNode

    /// The tree of the default settings, whose encoding must be an object.
    public init(defaults: Value) {
        do {
            self.defaults = try SettingsCoding.node(of: defaults)
        } catch {
            preconditionFailure("the defaults of \(Value.self) cannot be encoded: \(error)")
        }
        node = self.defaults
    }

    /// The tree that `json` was written from; keys that it lacks keep their defaults.
    ///
    /// - Throws: `SettingsError` at the first text that is not JSON, key that is unknown or value that does not fit.
    public init(json: String, defaults: Value) throws(SettingsError) {
        self.init(defaults: defaults)
        try apply(contentsOfJSON: Data(json.utf8), fileName: "settings")
    }

    /// Sets one key from `key.path=value`; what follows the first = is the value, without surrounding spaces.
    ///
    /// Lists are written as `1,2,3` or `[1,2,3]`, the empty list as nothing. A refused assignment changes nothing.
    ///
    /// - Throws: `malformed`, `unknownKey`, `wrongType` or `outOfRange`, naming the key.
    public mutating func apply(_ assignment: String) throws(SettingsError) {
        let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.withoutOuterSpace)
        guard parts.count == 2, !parts[0].isEmpty else { throw .malformed(assignment) }
        let (key, text) = (parts[0], parts[1])
        let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let current = try existing(path, shownAs: key)
        let readings = SettingsText.readings(of: text, like: current)
        guard !readings.isEmpty else { throw .wrongType(key: key, value: text, expected: current.kind) }
        try set(path, toFirstFitting: readings, shownAs: key, text: text)
    }

    /// Sets all keys of a JSON object, nested or with dotted names.
    ///
    /// A refused file changes nothing.
    ///
    /// - Throws: `notJSON`, `notAnObject`, or another `SettingsError` as `inFile`.
    public mutating func apply(contentsOfJSON data: Data, fileName: String) throws(SettingsError) {
        let file: JSONNode
        do {
            file = try JSONNodeReader.read(String(decoding: data, as: UTF8.self))
        } catch {
            throw .notJSON(file: fileName, line: error.line, column: error.column, found: error.found, expected: error.expected)
        }
        guard case .object = file else { throw .notAnObject(file: fileName, found: file.kind) }
        var changed = self
        do {
            for (key, value) in file.leaves() { try changed.set(key, to: value) }
        } catch {
            throw .inFile(fileName, error)
        }
        self = changed
    }

    /// Sets one dotted key to a value of its own kind.
    private mutating func set(_ key: String, to value: JSONNode) throws(SettingsError) {
        let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let current = try existing(path, shownAs: key)
        guard value.isNumber && current.isNumber || value.kind == current.kind else {
            throw .wrongType(key: key, value: value.text, expected: current.kind)
        }
        try set(path, toFirstFitting: [value], shownAs: key, text: SettingsText.text(of: value))
    }

    /// The settings as they now stand.
    public func resolved() throws(SettingsError) -> Value {
        do {
            return try SettingsCoding.value(Value.self, from: node)
        } catch {
            throw .wrongType(key: "\(Value.self)", value: node.text, expected: "\(error)")
        }
    }

    /// All keys, sorted, with their values as `apply` takes them.
    public var keys: [(key: String, value: String, isDefault: Bool)] {
        node.leaves().map { key, value in
            let path = key.split(separator: ".").map(String.init)
            return (key, SettingsText.text(of: value), defaults[path] == value)
        }
    }

    /// Compact JSON with sorted keys and shortest numbers; `init(json:defaults:)` reads it back to an equal tree.
    public var json: String { node.text }

    private func existing(_ path: [String], shownAs key: String) throws(SettingsError) -> JSONNode {
        let known = node.leaves().map(\.key)
        guard let current = node[path] else {
            let mistyped = MistypedKey(path.joined(separator: "."), among: known)
            throw .unknownKey(key, nearest: mistyped.nearest, siblings: mistyped.siblings)
        }
        if case .object = current {
            let inside = known.first { $0.hasPrefix(path.joined(separator: ".") + ".") }
            throw .wrongType(key: key, value: "a single value", expected: "one of its parts" + (inside.map { ", such as \($0)" } ?? ""))
        }
        return current
    }

    /// Takes the first reading with which the whole tree decodes, in the form in which its value encodes again.
    private mutating func set(
        _ path: [String], toFirstFitting readings: [JSONNode], shownAs key: String, text: String
    ) throws(SettingsError) {
        var refusal: SettingsError?
        for reading in readings {
            do {
                let value = try SettingsCoding.value(Value.self, from: node.replacing(path, with: reading))
                node = try SettingsCoding.node(of: value)
                return
            } catch {
                refusal = refusal ?? SettingsCoding.refusal(error, of: reading, key: key, text: text)
            }
        }
        if let refusal { throw refusal }
    }
}
