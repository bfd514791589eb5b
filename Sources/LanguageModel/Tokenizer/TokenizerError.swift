import Texts

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

    /// How many times as long normalising or decoding may make a text: published tokenizers need four times.
    static let mostGrowth = 64

    /// The refusal of a part that could make a text longer than that.
    static func growth(file: String, field: String) -> TokenizerError {
        .unsupported(
            file: file, field: field, found: "a text that can become more than \(mostGrowth) times as long",
            supported: "at most \(mostGrowth) times")
    }

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file) cannot be read (\(reason.shown)); check that it is a tokenizer.json of the Hugging Face tokenizers library."
        case .malformed(let file, let field, let reason):
            "\(file), field \(field.shown): \(reason.shown); download the tokenizer again or correct the field."
        case .unsupported(let file, let field, let found, let supported):
            "\(file), field \(field.shown): \(found.shown) is not supported (supported: \(supported)); use a model with such a tokenizer."
        case .vocabularyTooSmall(let requested, let least):
            "a vocabulary of \(requested) tokens is too small: special tokens and the 256 bytes need \(least); ask for more."
        case .invalidSpecialToken(let token, let reason):
            "the special token “\(token.shown)” cannot be used: \(reason.shown); choose another."
        case .unwritable(let file, let reason):
            "\(file) cannot be written (\(reason.shown)); check the folder, its permissions and the free space."
        }
    }
}
