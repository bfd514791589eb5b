import Texts

/// Why a verifier no longer judges as its version says, so that the work ends.
public enum VerifierError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file of its program has other content than when the work began; both are SHA-256 in hexadecimal.
    case changed(path: String, began: String, now: String)
    /// The file of its program is gone, or is no program any more; `reason` says it in a sentence.
    case lost(path: String, began: String, reason: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .changed(let path, let began, let now):
            "the verifier '\(path.shown)' was changed while it was judging (SHA-256 \(began.prefix(16)) when the work began, "
                + "\(now.prefix(16)) now): \(Self.remedy)"
        case .lost(let path, let began, let reason):
            "the verifier '\(path.shown)' was lost while it was judging (SHA-256 \(began.prefix(16)) when the work began; now \(reason)): "
                + Self.remedy
        }
    }

    private static let remedy = "put the old program back and resume, or start a new run with the new one"
}
