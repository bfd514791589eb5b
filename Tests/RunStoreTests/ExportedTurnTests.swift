import Autodidact
import Foundation
import RunStore
import Testing

@Suite("export of several answers to a problem")
struct ExportedTurnTests {
    private typealias Samples = ExportSamples
    private let one = Samples.problem(0)
    private let two = Samples.problem(1)

    @Test("right is paired with wrong after the same prompt, every text once, and no text with itself")
    func pairs() async throws {
        let verdicts: [(String, Verdict)] = [
            ("8", .correct), ("8", .correct), ("1", .wrong("")), ("2", .wrong("")), ("eight", .correct), ("3", .wrong("")),
            ("both", .correct), ("both", .wrong("")),
        ]
        let first = verdicts.enumerated().map { Samples.episode(one, $1.0, $1.1, member: $0) } + [Samples.episode(two, "9", .correct)]
        try await withFolder { folder in
            // The wrong answer to the second problem is of another generation, so of other weights.
            let store = try await Samples.store(folder, [first, [Samples.episode(two, "0", .wrong(""))]])
            let files = try ExportedFiles(store, .preference, in: folder)
            #expect(files.rows.map { Set($0.keys) } == Array(repeating: ["prompt", "chosen", "rejected"], count: 2))
            #expect(files.texts("prompt") == [one.prompt, one.prompt])
            #expect(files.texts("chosen") == ["8", "eight"] && files.texts("rejected") == ["1", "2"])
            let members = files.origins.map { origin in
                ["chosen", "rejected"].compactMap { (origin[$0] as? [String: Any])?["member"] as? Int }
            }
            #expect(members == [[0, 2], [4, 3]])
        }
    }

    @Test("each judged turn is a row after all that was said before it, as messages or as plain text")
    func turns() async throws {
        let improved = Samples.episode(one, "8", .correct, after: (text: "7", verdict: .wrong("")))
        try await withFolder { folder in
            let store = try await Samples.store(folder, [[improved]])
            let plain = try ExportedFiles(store, .kto, in: folder)
            #expect(plain.texts("prompt") == [one.prompt, one.prompt + "7<end>again?\n"])
            #expect(plain.texts("completion") == ["7", "8"] && plain.rows.compactMap { $0["label"] as? Bool } == [false, true])
            #expect(plain.origins.compactMap { $0["turn"] as? Int } == [1, 2])
            let imitated = try ExportedFiles(store, .sft, SpelledTurns(isConversational: true), in: folder)
            let read = ["user: \(one.prompt)", "assistant: 7", "user: again?\n"]
            #expect(imitated.messages("prompt") == [read], "the wrong turn is read, not imitated")
            #expect(imitated.messages("completion") == [["assistant: 8"]])
        }
    }

    @Test("turns that were not judged by themselves are imitated where they led to a right end, and never labelled")
    func unjudged() async throws {
        let ends: [(String, Verdict)] = [("8", .correct), ("9", .wrong(""))]
        let episodes = ends.map { Samples.episode(one, $0, $1, after: (text: "let me see", verdict: nil)) }
        try await withFolder { folder in
            let store = try await Samples.store(folder, [episodes])
            let imitated = try ExportedFiles(store, .sft, in: folder)
            #expect(imitated.texts("completion") == ["let me see", "8"])
            #expect(imitated.origins[0]["reward"] == nil && imitated.origins[1]["reward"] as? Double == 1)
            #expect(try ExportedFiles(store, .kto, in: folder).texts("completion") == ["8", "9"])
        }
    }

    @Test("a whole episode is a conversation; one with a wrong turn in it is not imitated")
    func conversations() async throws {
        let mixed = Samples.episode(two, "8", .correct, after: (text: "7", verdict: .wrong("")))
        let right = Samples.episode(one, "8", .correct, after: (text: "8, I think", verdict: .correct))
        try await withFolder { folder in
            let store = try await Samples.store(folder, [[mixed, right]])
            let files = try ExportedFiles(store, .messages, in: folder)
            #expect(files.rows.map { Set($0.keys) } == [["messages"]] && files.count.mixed == 1)
            #expect(files.messages("messages") == [["user: \(one.prompt)", "assistant: 8, I think", "user: again?\n", "assistant: 8"]])
        }
    }
}
