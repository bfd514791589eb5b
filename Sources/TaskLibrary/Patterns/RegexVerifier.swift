public import Autodidact

/// Judges a response by a regular expression, the problem's reference, that must match all of it but outer white space.
///
/// All of it, because what is only searched for is also found in a response that lists every answer; a pattern that begins with `(?s).*`
/// asks for the end alone. `Pattern` says what is read, and why no response can make matching slow.
public struct RegexVerifier: Verifier {
    /// A verifier.
    public init() {}

    /// The rules' version.
    public var version: String { "regex/1" }

    /// The longest response that is matched, in bytes.
    static let maximumBytes = 64 << 10

    /// The verdict; unscorable where the reference is no pattern.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let pattern = try? Pattern(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) is no regular expression that is read")
        }
        guard response.utf8.count <= Self.maximumBytes else { return .wrong("the response is longer than \(Self.maximumBytes) bytes") }
        return pattern.matches(response.withoutOuterSpace) ? .correct : .wrong("the response does not match the pattern")
    }
}
