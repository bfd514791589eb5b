import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Problems that ask the same")
struct LikenessTests {
    private func likenesses(_ prompts: [String]) throws -> [Likeness] {
        let rows = prompts.map { #"{"prompt": "\#($0)", "answer": "1"}"# }
        return try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "f.jsonl", judge: OwnJudge(.exact)).likenesses
    }

    @Test(
        "are alike but for case, white space and punctuation",
        arguments: [
            ("What is it?", "what is it", true), ("Who is “Ann”?", "Who is 'Ann'", true), ("a\\tb", "A b.", true),
            ("1.5 + 2", "1.5+2", true),
            ("1.5", "15", false), ("1,5", "1.5", false), ("2+2", "2-2", false), ("x < y", "x > y", false), ("?", "!", false),
            ("é", "e", false),
        ])
    func pairs(first: String, second: String, areAlike: Bool) throws {
        let found = try likenesses([first, second])
        #expect(found.map(\.line) == (areAlike ? [2] : []) && found.map(\.earlier) == (areAlike ? [1] : []))
    }

    @Test("leak where one is practised and the other measured")
    func leaks() throws {
        let prompts = (0..<200).flatMap { ["What is \($0)?", "what is \($0)"] }
        let found = try likenesses(prompts)
        #expect(found.count == 200 && found.allSatisfy { $0.earlier == $0.line - 1 })
        // Of 200 pairs about a third falls apart: 1 − (0.8² + 0.1² + 0.1²).
        #expect((30...110).contains(found.count { $0.isLeak }))
        #expect(try likenesses(["a", "b", "c"]).isEmpty)
    }
}
