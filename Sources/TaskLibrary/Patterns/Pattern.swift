/// A regular expression that is matched in time linear in the text, whatever either says.
///
/// Read are characters, `.`, sets such as `[^a-f\d]`, `\d \w \s` and their complements (`\d` and `\w` ASCII, `\s` Unicode), `\b \B`,
/// `^ $ \A \z`, alternatives, groups, the repetitions `* + ? {m} {m,} {m,n}`, escapes, and the flags `(?i)`, `(?m)`, `(?s)` at the start.
/// Groups capture nothing, and a lazy repetition is one like others: neither changes whether a text matches. Backreferences, assertions
/// that look around, and possessive or atomic parts are refused: no automaton has them.
///
/// A pattern is compiled to an automaton whose states are followed all at once, character by character (Thompson, CACM 11(6), 1968), so the
/// work is at most characters × states, and the states are bounded: backtracking, which needs exponential time for `(a+)+b`, cannot happen.
struct Pattern: Sendable {
    /// As it was written.
    let text: String
    private let program: PatternProgram

    /// The most characters of a pattern.
    static let longest = 4_000

    /// The pattern that a text spells.
    init(_ text: String) throws(PatternFault) {
        self.text = text
        var parser = PatternParser(text)
        program = try PatternProgram(try parser.pattern())
    }

    /// Whether all of the text matches.
    func matches(_ text: String) -> Bool { program.matches(Array(text.unicodeScalars), isWhole: true) }

    /// Whether a part of the text matches.
    func isFound(in text: String) -> Bool { program.matches(Array(text.unicodeScalars), isWhole: false) }
}
