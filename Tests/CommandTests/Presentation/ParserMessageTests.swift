import Testing

@testable import AutodidactCLI

@Suite("What the argument parser says")
struct ParserMessageTests {
    @Test(
        "keeps a suggestion that is near, drops one that is not, and begins with a small letter",
        arguments: [
            ("Unknown option '--sed'. Did you mean '--seed'?", "unknown option '--sed'; did you mean '--seed'?"),
            ("Unknown option '--level1'. Did you mean '--level'?", "unknown option '--level1'; did you mean '--level'?"),
            ("Unknown option '--frob'. Did you mean '--json'?", "unknown option '--frob'"),
            ("Unknown option '--k'. Did you mean '--task'?", "unknown option '--k'"),
            ("Unknown option '--frobnicate'", "unknown option '--frobnicate'"),
            // What an option holds cannot make a suggestion of it.
            (
                "Unknown option '--a'. Did you mean 'b'. Did you mean '--json'?",
                "unknown option '--a'. Did you mean 'b'. Did you mean '--json'?"
            ),
            ("Missing value for '--seed <seed>'", "missing value for '--seed <seed>'"),
            ("2 unexpected arguments: 'a', 'b'", "2 unexpected arguments: 'a', 'b'"),
            ("--k is -1; allowed: from 1 up to 1000", "--k is -1; allowed: from 1 up to 1000"), ("", ""), ("X", "X"),
            ("JSON is needed", "JSON is needed"),
        ])
    func text(message: String, told: String) {
        #expect(ParserMessage.text(message) == told)
    }
}
