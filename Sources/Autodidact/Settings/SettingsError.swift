import Texts

/// A settings tree that cannot be run; reported before any work.
public indirect enum SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No such key; `siblings` are the keys of its group, where it names one and nothing is near.
    case unknownKey(String, nearest: [String], siblings: [String] = [])
    /// The text does not parse as the key's type.
    case wrongType(key: String, value: String, expected: String)
    /// The value is outside what the key allows.
    case outOfRange(key: String, value: String, allowed: String)
    /// The value is outside what the key allows while another key of its group has the value that it has.
    case conflict(key: String, value: String, allowed: String, other: String, otherValue: String)
    /// The key exists but would change nothing, for the stated reason.
    case noEffect(key: String, because: String)
    /// An assignment that is not of the form key=value.
    case malformed(String)
    /// A file that is not JSON from a place on, counted from 1 in lines and characters.
    case notJSON(file: String, line: Int, column: Int, found: String, expected: String)
    /// A file whose JSON is no object.
    case notAnObject(file: String, found: String)
    /// One of the others, of a setting that a file states.
    case inFile(String, SettingsError)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .unknownKey(let key, let nearest, let siblings):
            "unknown setting '\(key.shown)'; " + Self.remedy(for: key, nearest: nearest, siblings: siblings)
        case .wrongType(let key, let value, let expected): "setting '\(key.shown)' needs \(expected.shown), not '\(value.shown)'"
        case .outOfRange(let key, let value, let allowed): "setting '\(key.shown)' is \(value.shown); allowed: \(allowed.shown)"
        case .conflict(let key, let value, let allowed, let other, let otherValue):
            "setting '\(key.shown)' is \(value.shown); allowed where '\(other.shown)' is \(otherValue.shown): \(allowed.shown)"
        case .noEffect(let key, let reason): "setting '\(key.shown)' would have no effect: \(reason.shown)"
        case .malformed(let text): "'\(text.shown)' is not of the form key=value"
        case .notJSON(let file, let line, let column, let found, let expected):
            "\(file):\(line):\(column): not JSON: found \(found.shown), expected \(expected.shown); \(Self.form)"
        case .notAnObject(let file, let found): "\(file): holds \(found.shown), not an object; \(Self.form)"
        case .inFile(let file, let error): "'\(file.shown)': \(error)"
        }
    }
}

extension SettingsError {
    /// What a file of settings looks like.
    private static let form = #"settings are written as {"generations": 3, "recipe": {"learningRate": 0.001}}"#

    private static let shownSiblings = 16

    /// What to write instead of a key that there is not, or where to look for it.
    private static func remedy(for key: String, nearest: [String], siblings: [String]) -> String {
        if let last = nearest.last {
            let others = nearest.dropLast().map { "'\($0)'" }.joined(separator: ", ")
            return "did you mean \(others)\(others.isEmpty ? "" : " or ")'\(last)'?"
        }
        guard !siblings.isEmpty else { return "see 'autodidact plan' for all settings" }
        let group = key.split(separator: ".").dropLast().joined(separator: ".")
        let more = siblings.count > shownSiblings ? ", … ('autodidact plan' lists all)" : ""
        return "'\(group.shown)' has \(siblings.prefix(shownSiblings).joined(separator: ", "))\(more)"
    }

    /// The same error of a key that lies in a group, such as `recipe.`.
    package func inGroup(_ prefix: String) -> SettingsError {
        switch self {
        case .unknownKey(let key, let nearest, let siblings):
            .unknownKey(prefix + key, nearest: nearest.map { prefix + $0 }, siblings: siblings)
        case .wrongType(let key, let value, let expected): .wrongType(key: prefix + key, value: value, expected: expected)
        case .outOfRange(let key, let value, let allowed): .outOfRange(key: prefix + key, value: value, allowed: allowed)
        case .conflict(let key, let value, let allowed, let other, let otherValue):
            .conflict(key: prefix + key, value: value, allowed: allowed, other: prefix + other, otherValue: otherValue)
        case .noEffect(let key, let reason): .noEffect(key: prefix + key, because: reason)
        case .inFile(let file, let error): .inFile(file, error.inGroup(prefix))
        case .malformed, .notJSON, .notAnObject: self
        }
    }
}
