import Texts

/// Why an adapter's directory cannot be read or written.
public enum AdapterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such directory.
    case notADirectory(String)
    /// `adapter_config.json` cannot be opened, or is not JSON.
    case unreadable(file: String, reason: String)
    /// A field of `adapter_config.json` is absent or has a value that makes no sense.
    case malformed(file: String, field: String, reason: String)
    /// The adapter uses a feature that this engine does not have.
    case unsupported(file: String, field: String, found: String, remedy: String)
    /// The weights.
    case weights(SafetensorsError)
    /// A file cannot be written.
    case unwritable(file: String, reason: String)

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .notADirectory(let path):
            "\(path) is not a directory with an adapter; name one that holds adapter_config.json and adapter_model.safetensors."
        case .unreadable(let file, let reason): "\(file) cannot be read (\(reason.shown)); check that it is a JSON file that PEFT wrote."
        case .malformed(let file, let field, let reason): "\(file), field \(field.shown): \(reason.shown); correct the field."
        case .unsupported(let file, let field, let found, let remedy):
            "\(file), field \(field.shown): \(found.shown) is not supported; \(remedy)."
        case .weights(let error): error.description
        case .unwritable(let file, let reason):
            "\(file) cannot be written (\(reason.shown)); check the folder, its permissions and the free space."
        }
    }
}
