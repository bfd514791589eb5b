import Texts

/// Why a model's `config.json` or `generation_config.json` cannot be used.
public enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be opened, or is not JSON.
    case unreadable(file: String, reason: String)
    /// A field that has no default is absent.
    case missing(file: String, field: String)
    /// A field has the wrong type, or contradicts another.
    case malformed(file: String, field: String, reason: String)
    /// A number lies outside what makes sense.
    case outOfRange(file: String, field: String, value: String, allowed: String)
    /// The model uses a feature that this engine does not have.
    case unsupported(file: String, field: String, found: String, supported: String)
    /// The file cannot be written.
    case unwritable(file: String, reason: String)

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file) cannot be read (\(reason.shown)); check that it is a JSON file in Hugging Face form."
        case .missing(let file, let field):
            "\(file) has no field \(field.shown); add it, or download the model again."
        case .malformed(let file, let field, let reason):
            "\(file), field \(field.shown): \(reason.shown); correct the field."
        case .outOfRange(let file, let field, let value, let allowed):
            "\(file), field \(field.shown): \(value.shown) is not allowed (allowed: \(allowed.shown)); correct the field."
        case .unsupported(let file, let field, let found, let supported):
            "\(file), field \(field.shown): \(found.shown) is not supported (supported: \(supported)); use a model of a supported kind."
        case .unwritable(let file, let reason):
            "\(file) cannot be written (\(reason.shown)); check the folder, its permissions and the free space."
        }
    }
}
