import Autodidact
import Texts

/// Why a process of a verifier's program gave no verdict.
enum CommandFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing came in time; `unfinished` is what came without a newline.
    case late(limit: Duration, unfinished: String, errors: String)
    /// It ended, or closed its output, before its line was complete.
    case ended(how: String, unfinished: String, errors: String)
    /// It wrote more than a line may have.
    case tooLong(limit: Int)
    /// It wrote more than its one line.
    case outOfStep
    /// It wrote something else than a verdict.
    case notAVerdict(CommandAnswerError)
    /// One of its processes wrote a line that nobody had asked for: answers before may belong to other requests.
    case unbidden
    /// The file of the program is not what it was when the work began: a process of it would be another verifier.
    case notItself(VerifierError)
    /// The verifier was closed.
    case closed
    /// Whoever asked no longer wants to know.
    case cancelled

    /// Whether a fresh process may do better.
    var isWorthAnotherTry: Bool {
        switch self {
        case .late, .ended, .tooLong, .outOfStep, .notAVerdict: true
        case .unbidden, .notItself, .closed, .cancelled: false
        }
    }

    /// What the program did, to complete "check.py …".
    var description: String {
        switch self {
        case .late(let limit, let unfinished, let errors):
            // A line that waits in the program's own buffer is the commonest cause, and not to be seen from here.
            "gave no verdict within \(limit)"
                + (unfinished.isEmpty ? " (does it flush its output after each line?)" : Self.rest(unfinished)) + Self.end(of: errors)
        case .ended(let how, let unfinished, let errors): "\(how) before its verdict" + Self.rest(unfinished) + Self.end(of: errors)
        case .tooLong(let limit): "wrote a line of more than \(limit) bytes"
        case .outOfStep: "wrote more than one line for one request"
        case .notAVerdict(let error): "wrote a line that is no verdict: \(error)"
        case .unbidden:
            "wrote a line that nobody had asked for, so that no answer of it can be believed: it must write one line for each request"
        case .notItself(let error): "judges no more: \(error)"
        case .closed: "was closed"
        case .cancelled: "was stopped because the work was cancelled"
        }
    }

    private static func rest(_ unfinished: String) -> String {
        unfinished.isEmpty ? "" : " (its line '\(unfinished.shown)' has no newline)"
    }

    /// The last words of what a program wrote to its errors: there a traceback names the exception.
    private static func end(of errors: String) -> String {
        let words = errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? "" : "; the end of its error output: \(String(words.unicodeScalars.suffix(200)).shown)"
    }
}
