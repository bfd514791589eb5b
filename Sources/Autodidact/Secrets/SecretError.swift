import Texts

/// Where a secret was looked for.
public enum SecretOrigin: Hashable, Sendable, CustomStringConvertible {
    /// A variable of the environment.
    case environment(String)
    /// A file.
    case file(String)

    /// As messages name it.
    public var description: String {
        switch self {
        case .environment(let name): "the environment variable \(name.shown)"
        case .file(let path): "the file '\(path.shown)'"
        }
    }
}

/// Why something is not taken as a secret; never says what it holds.
public enum SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing is in it.
    case empty(SecretOrigin)
    /// More than one line.
    case severalLines(SecretOrigin)
    /// More bytes than `Secret.longest`.
    case tooLong(SecretOrigin)
    /// Spaces, control characters or letters that are not ASCII.
    case unfit(SecretOrigin)
    /// The file's permissions let others of the machine read it.
    case readableByOthers(path: String, permissions: Int)
    /// It is no file, or cannot be read.
    case unreadable(path: String, reason: String)

    /// One sentence for people, with what to do.
    public var description: String {
        switch self {
        case .empty(let origin): "\(origin) holds no secret: it is empty; put the token there, on one line"
        case .severalLines(let origin): "\(origin) has several lines; a secret is one line"
        case .tooLong(let origin): "\(origin) has more than \(Secret.longest) bytes; a secret is shorter"
        case .unfit(let origin):
            "\(origin) has spaces, control characters or letters beyond ASCII, which no header can carry; a secret has none"
        case .readableByOthers(let path, let permissions):
            "the file '\(path.shown)' can be read by others (permissions \(String(permissions, radix: 8))); "
                + "run: chmod 600 '\(path.shown)'"
        case .unreadable(let path, let reason): "the file '\(path.shown)' cannot be read: \(reason)"
        }
    }
}
