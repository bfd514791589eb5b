import Autodidact
import Texts

/// Why a program cannot be a verifier, found before any work.
public enum CommandVerifierError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing is there.
    case missing(path: String)
    /// It is a folder, or something else that is no file.
    case notAFile(path: String)
    /// It may not be run by this user.
    case notExecutable(path: String)
    /// It is neither a program of this system nor a script that names its interpreter.
    case notAProgram(path: String)
    /// It cannot be read.
    case unreadable(path: String, reason: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .missing(let path):
            "there is no verifier '\(path.shown)': give the path of a program"
        case .notAFile(let path):
            "the verifier '\(path.shown)' is no file: give the path of a program"
        case .notExecutable(let path):
            "the verifier '\(path.shown)' is not executable: run 'chmod +x' on it"
        case .notAProgram(let path):
            "the verifier '\(path.shown)' is no program: begin a script with a line such as '#!/usr/bin/env python3'"
        case .unreadable(let path, let reason):
            "the verifier '\(path.shown)' cannot be read: \(reason.shown)"
        }
    }
}
