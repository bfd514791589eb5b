/// A settings tree that cannot be run; reported before any work.
public enum SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No such key.
    case unknownKey(String, nearest: String?)
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

    /// One sentence for people.
    public var description: String {
        switch self {
        case .unknownKey(let key, let nearest):
            "unknown setting '\(key.shown)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "; see 'autodidact plan' for all settings")
        case .wrongType(let key, let value, let expected): "setting '\(key.shown)' needs \(expected.shown), not '\(value.shown)'"
        case .outOfRange(let key, let value, let allowed): "setting '\(key.shown)' is \(value.shown); allowed: \(allowed.shown)"
        case .conflict(let key, let value, let allowed, let other, let otherValue):
            "setting '\(key.shown)' is \(value.shown); allowed where '\(other.shown)' is \(otherValue.shown): \(allowed.shown)"
        case .noEffect(let key, let reason): "setting '\(key.shown)' would have no effect: \(reason.shown)"
        case .malformed(let text): "'\(text.shown)' is not of the form key=value"
        }
    }
}

extension SettingsError {
    /// The same error of a key that lies in a group, such as `recipe.`.
    package func inGroup(_ prefix: String) -> SettingsError {
        switch self {
        case .unknownKey(let key, let nearest): .unknownKey(prefix + key, nearest: nearest.map { prefix + $0 })
        case .wrongType(let key, let value, let expected): .wrongType(key: prefix + key, value: value, expected: expected)
        case .outOfRange(let key, let value, let allowed): .outOfRange(key: prefix + key, value: value, allowed: allowed)
        case .conflict(let key, let value, let allowed, let other, let otherValue):
            .conflict(key: prefix + key, value: value, allowed: allowed, other: prefix + other, otherValue: otherValue)
        case .noEffect(let key, let reason): .noEffect(key: prefix + key, because: reason)
        case .malformed: self
        }
    }
}
