/// Why a tokenizer cannot be read, trained or written.
public enum TokenizerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be opened, or is not JSON.
    case unreadable(file: String, reason: String)
    /// A field is absent, has the wrong type, or contradicts another.
    case malformed(file: String, field: String, reason: String)
    /// The tokenizer uses a part that this engine does not have.
    case unsupported(file: String, field: String, found: String, supported: String)
    /// A trainer was asked for fewer tokens than there must be.
    case vocabularyTooSmall(requested: Int, least: Int)
    /// A special token for training is empty or stands twice.
    case invalidSpecialToken(String, reason: String)
    /// A file cannot be written.
    case unwritable(file: String, reason: String)

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file) cannot be read (\(reason)); check that it is a tokenizer.json of the Hugging Face tokenizers library."
        case .malformed(let file, let field, let reason):
            "\(file), field \(field): \(reason); download the tokenizer again or correct the field."
        case .unsupported(let file, let field, let found, let supported):
            "\(file), field \(field): \(found) is not supported (supported: \(supported)); use a model with such a tokenizer."
        case .vocabularyTooSmall(let requested, let least):
            "A vocabulary of \(requested) tokens is too small: special tokens and the 256 bytes need \(least); ask for more."
        case .invalidSpecialToken(let token, let reason):
            "The special token “\(token)” cannot be used: \(reason); choose another."
        case .unwritable(let file, let reason):
            "\(file) cannot be written (\(reason)); check the folder, its permissions and the free space."
        }
    }
}
