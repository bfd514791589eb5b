import Testing

@testable import TaskLibrary

@Suite("Patterns")
struct PatternTests {
    /// A pattern, a text, and whether all of it, or a part of it, matches.
    static let matches: [(pattern: String, text: String, whole: Bool, part: Bool)] = [
        ("", "", true, true), ("", "a", false, true), ("abc", "abc", true, true), ("b", "abc", false, true),
        ("a|bc", "bc", true, true), ("(a|b)*c", "abbac", true, true), ("(?:ab)+", "ababa", false, true),
        ("a{2}", "aa", true, true), ("a{2}", "aaa", false, true), ("a{2,}", "aaaa", true, true), ("a{2,}", "a", false, false),
        ("a{1,3}", "aaa", true, true), ("a{1,3}", "aaaa", false, true), ("a{0}", "", true, true), ("(a{2}){2}", "aaaa", true, true),
        ("a.c", "a\nc", false, false), ("(?s)a.c", "a\nc", true, true), ("a.c", "aéc", true, true), (".", "👍", true, true),
        ("[a-c]+", "abc", true, true), ("[^a-c]", "b", false, false), ("[^a-c]", "d", true, true), ("[a-]", "-", true, true),
        ("[-a]", "-", true, true), (#"[\d-x]"#, "-", true, true), (#"[\]\\]"#, "]", true, true), (#"[^\s]+"#, "ab", true, true),
        (#"\d{3}-\d{4}"#, "555-1234", true, true), (#"\w+"#, "a_1", true, true), (#"\w"#, "é", false, false),
        (#"\s"#, "\u{A0}", true, true), (#"\D\W\S"#, "a!b", true, true), (#"\x41\u00e9\t"#, "Aé\t", true, true),
        (#"\.\*\(\)\/\-"#, ".*()/-", true, true), ("^a$", "a", true, true), ("^b", "ab", false, false), ("b$", "ab", false, true),
        ("a$", "a\n", false, false), ("(?m)^b$", "a\nb\nc", false, true), (#"\Aa\z"#, "a", true, true),
        (#"\bcat\b"#, "a cat.", false, true),
        (#"\bcat\b"#, "concat", false, false), (#"\Bcat"#, "concat", false, true), ("(?i)straße", "STRAßE", true, true),
        ("(?i)[a-c]", "B", true, true), ("(?i)[^a-c]", "B", false, false), ("(?is)A.B", "a\nb", true, true),
        ("(?<year>\\d+)-(?P<month>\\d+)", "2026-11", true, true), ("a*?b+?", "aabb", true, true), ("(a*)*", "aaa", true, true),
        ("(|a)+", "aa", true, true), ("()*", "", true, true), ("a}]", "a}]", true, true),
        (#"(?s).*\\boxed\{42\}"#, "so \\boxed{42}", true, true),
    ]

    @Test("match what they say, as a whole and within a text", arguments: matches.indices)
    func match(index: Int) throws {
        let (text, subject, whole, part) = Self.matches[index]
        let pattern = try Pattern(text)
        #expect(pattern.matches(subject) == whole, "\(text) on \(subject)")
        #expect(pattern.isFound(in: subject) == part, "\(text) in \(subject)")
    }

    static let faults: [(pattern: String, column: Int, words: String)] = [
        ("a(b", 2, "'(' is not closed"), ("ab)", 3, "')' closes no group"), ("[ab", 4, "'[' is not closed"), ("*a", 1, "nothing to repeat"),
        ("a**", 3, "cannot be repeated"), ("a++", 3, "possessive"), ("a{2", 2, "{m,n}"), ("a{3,2}", 2, "{m,n}"),
        ("a{1001}", 2, "up to 1000"),
        ("{", 1, #"write \{"#), ("(?=a)", 1, "looks ahead"), ("(?!a)", 1, "looks ahead"), ("(?<=a)", 1, "looks ahead"),
        ("(?<!a)", 1, "looks ahead"), ("(?>a)", 1, "(?:…)"), ("a(?i)b", 2, "very start"), ("(?<a b>c)", 5, "group's name"),
        (#"(a)\1"#, 4, "refers back"), (#"\q"#, 1, "no escape"), (#"\p{L}"#, 1, "no escape"), (#"a\"#, 2, "backslash"), (#"\Z"#, 1, #"\z"#),
        ("[]a]", 2, "empty"), ("[z-a]", 5, "range"), (#"[a-\d]"#, 6, "range"), ("[[:alpha:]]", 2, "POSIX"), (#"[\b]"#, 2, #"\x08"#),
        (#"\u12"#, 5, "four"), (#"\ud800"#, 7, "a character"), ("^*", 2, "a place"), (#"\b+"#, 3, "a place"),
        ("((a{100}){100}){100}", 1, "states"), ("((){1000}){1000}", 1, "states"),
        (String(repeating: "(", count: 60), 51, "deep"), (String(repeating: "a", count: 4_001), 1, "4000"),
    ]

    @Test("that are none are refused with the place and the remedy", arguments: faults.indices)
    func fault(index: Int) {
        let (text, column, words) = Self.faults[index]
        do {
            _ = try Pattern(text)
            Issue.record("'\(text.prefix(40))' is read")
        } catch {
            #expect(error.column == column, "\(text.prefix(40)): \(error)")
            #expect("\(error)".contains(words), "\(error)")
        }
    }

    /// Patterns for which a backtracking matcher needs exponential time; each must be decided, whatever the length.
    @Test(
        "cannot be made to backtrack",
        arguments: ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*b", "(a?){50}a{50}b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func catastrophe(text: String) throws {
        let subject = String(repeating: "a", count: 20_000)
        let pattern = try Pattern(text)
        #expect(!pattern.matches(subject) && !pattern.isFound(in: subject))
        #expect(text.hasPrefix("^") || pattern.isFound(in: subject + String(repeating: "a", count: 50) + "b"))
    }

    @Test("do not double where repetitions are nested")
    func nested() throws {
        let text = String(repeating: "(", count: 40) + "a" + String(repeating: ")+", count: 40)
        let pattern = try Pattern(text)
        #expect(pattern.matches("aaa") && !pattern.matches("b"))
    }
}
