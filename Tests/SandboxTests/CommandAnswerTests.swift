import Autodidact
import Testing

@testable import Sandbox

@Suite("The line of a verdict")
struct CommandAnswerTests {
    private static func verdict(_ line: String) throws(CommandAnswerError) -> Verdict {
        try CommandAnswer(Array(line.utf8), id: "7").verdict
    }

    @Test(
        "says correct, a score, both, or why there is none",
        arguments: [
            (#"{"correct": true}"#, Verdict.correct), (#" {"correct":false}\r"#.replacing("\\r", with: "\r"), .wrong("")),
            (#"{"score": 1}"#, .correct), (#"{"score": 1.0, "id": "7"}"#, .correct),
            (#"{"score": 0.999999}"#, .wrong(score: 0.999999, feedback: "")),
            (#"{"score": -0.0}"#, .wrong("")), (#"{"score": 5e-1, "correct": true}"#, .correct(score: 0.5, feedback: "")),
            (#"{"score": 1, "correct": true}"#, .correct), (#"{"score": 0, "correct": false, "feedback": "a\n \tb"}"#, .wrong("a b")),
            (#"{"unscorable": "no \u001b[2J key"}"#, .unscorable(reason: "no \u{FFFD}[2J key")),
        ])
    func accepted(line: String, verdict: Verdict) throws {
        #expect(try Self.verdict(line) == verdict)
    }

    @Test(
        "is refused as a whole where any of it is not understood",
        arguments: [
            ("", "is not JSON"), ("nan", "is not JSON"), (#"{"correct": true"#, "is not JSON"), (#"{"correct": true} x"#, "is not JSON"),
            (#"{"correct": true, "correct": false}"#, "each name once"), ("[true]", "it must be an object"),
            ("true", "it must be an object"),
            ("{}", "none of the fields"), (#"{"feedback": "good"}"#, "none of the fields"), (#"{"Correct": true}"#, "field 'Correct'"),
            (#"{"correct": 1}"#, "'correct' is 1 and"), (#"{"correct": "true"}"#, "'correct'"),
            (#"{"correct": null}"#, "'correct' is null"),
            (#"{"score": true}"#, "'score' is true"), (#"{"score": "1"}"#, "'score'"), (#"{"score": NaN}"#, "is not JSON"),
            (#"{"score": Infinity}"#, "is not JSON"), (#"{"score": 1e999}"#, "'score' is 1e999"), (#"{"score": -0.1}"#, "'score' is -0.1"),
            (#"{"score": 1.0000001}"#, "'score' is 1.0000001"), (#"{"correct": true, "score": 0}"#, "'correct' and 'score' contradict"),
            (#"{"correct": false, "score": 1}"#, "contradict"), (#"{"correct": true, "unscorable": "x"}"#, "contradict"),
            (#"{"score": 1, "unscorable": "x"}"#, "contradict"), (#"{"unscorable": ""}"#, "says why"),
            (#"{"unscorable": true}"#, "'unscorable'"),
            (#"{"correct": true, "feedback": 3}"#, "'feedback' is 3"), (#"{"correct": true, "id": 7}"#, "its id 7 is not"),
            (#"{"correct": true, "id": "8"}"#, "its id \"8\" is not"),
        ])
    func refused(line: String, words: String) {
        let error = #expect(throws: CommandAnswerError.self) { try Self.verdict(line) }
        #expect(error.map { "\($0)".contains(words) } == true, "\(line): \(error.map { "\($0)" } ?? "accepted")")
    }

    @Test("what it says is shown on one bounded line")
    func bounded() throws {
        let long = String(repeating: "long\u{2028}", count: 5_000)
        #expect(try Self.verdict(#"{"correct": false, "feedback": "\#(long)"}"#).feedback.utf8.count < 1_000)
        let error = #expect(throws: CommandAnswerError.self) { try Self.verdict(#"{"\#(long)": "\#(long)"}"#) }
        #expect(error.map { "\($0)".utf8.count < 1_000 } == true)
        #expect(throws: CommandAnswerError.notUTF8) { try CommandAnswer([0xFF], id: "7") }
    }
}
