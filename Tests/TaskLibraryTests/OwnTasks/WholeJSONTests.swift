import Testing

@testable import TaskLibrary

@Suite("Files of problems that are JSON as a whole")
struct WholeJSONTests {
    private static let row = #"{"prompt": "p", "answer": "1"}"#
    private static let other = #"{"prompt": "q", "answer": "2"}"#

    private func refusal(_ text: String, verifier: OwnVerifier? = .rule(.exact)) -> OwnTaskFault? {
        do {
            _ = try OwnTaskFile(Array(text.utf8), fields: RowFields(), verifier: verifier)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "an array is refused once, however it is laid out, with the command that makes lines of it",
        arguments: [
            "[\(row), \(other)]", "[\n\(row),\n\(other)\n]\n", "[\(row),\n\(other)]",
            "\u{FEFF}\n \t[\r\n  {\r\n    \"prompt\": \"p\"\r\n  }\r\n]", "[]", "[", "[\n",
        ])
    func array(text: String) {
        #expect(refusal(text) == .wholeJSON(.array))
        #expect(refusal(text, verifier: nil) == .wholeJSON(.array), "before the rule is asked for")
        let message = "\(OwnTaskError(file: "my.jsonl", fault: .wholeJSON(.array)))"
        #expect(message.hasPrefix("my.jsonl: is one JSON array, ") && message.hasSuffix("jq -c '.[]' 'my.jsonl' > 'my.lines.jsonl'"))
    }

    @Test(
        "objects over several lines are refused once", arguments: ["{\n  \"prompt\": \"p\",\n  \"answer\": \"1\"\n}\n", " { \r\n}\n{\n}"])
    func objects(text: String) {
        #expect(refusal(text) == .wholeJSON(.brokenObjects))
        let message = "\(OwnTaskError(file: "my.jsonl", fault: .wholeJSON(.brokenObjects)))"
        #expect(message.hasPrefix("my.jsonl: holds objects over several lines, "))
        #expect(message.hasSuffix("jq -c . 'my.jsonl' > 'my.lines.jsonl'"))
    }

    @Test(
        "what may be JSON lines is read line by line",
        arguments: [row, "\n" + row + "\n" + other, "[\"p\", \"1\"]\n[\"q\", \"2\"]", "[]\n" + row, "{\n", "{}\n[]", row + "\n[\n", "x"])
    func lines(text: String) {
        #expect(refusal(text) == nil)
    }

    @Test(
        "the command names the file as a shell reads it, and never writes over it",
        arguments: [
            ("a/my.json", "jq -c . 'a/my.json' > 'a/my.jsonl'"), ("it's.txt", "jq -c . 'it'\\''s.txt' > 'it'\\''s.txt.jsonl'"),
            (".json", "jq -c . '.json' > '.jsonl'"), ("x", "jq -c . 'x' > 'x.jsonl'"),
        ])
    func command(file: String, command: String) {
        #expect(WholeJSON.brokenObjects.command(on: file) == command)
    }

    @Test("a first line that is longer than a row may be is not parsed")
    func huge() {
        let long = "[" + String(repeating: "1,", count: OwnTaskFile.mostBytesOfLine / 2 + 1) + "1]"
        #expect(refusal(long + "\n" + long) == .wholeJSON(.array))
    }
}
