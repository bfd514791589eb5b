import Autodidact
import Foundation
import TaskLibrary
import Testing

@testable import AutodidactCLI

@Suite("Advice from what a model's card states")
struct TaughtTests {
    private static let taught = ["countdown", "arithmetic", "keydoor", "translation", "choice"]

    private static func task(_ rows: [String]) throws -> JSONLTask {
        try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "my.jsonl", judge: OwnJudge(.number))
    }

    @Test("the card of the base model states its tasks; other texts state none")
    func card() throws {
        let models = Program.root.appendingPathComponent("Models")
        #expect(ModelCard.tasks(in: models.appendingPathComponent("seedling")) == Self.taught)
        #expect(ModelCard.tasks(in: models) == [], "no card")
        for text in ["", "| task | level |\n|---|---|\n| a | 1 |", "| task | level | n | greedy | mean@8 | pass@8 |"] {
            #expect(ModelCard.tasks(statedIn: text) == [], "\(text)")
        }
    }

    @Test("a task that is not among them is told of, one that is or rows of its form are not")
    func untaught() throws {
        let (countdown, keydoor) = (try TaskCatalogue.family(named: "countdown"), try TaskCatalogue.family(named: "keydoor"))
        #expect(Advice.untaught(task: countdown, model: "seedling", taught: Self.taught) == nil)
        #expect(Advice.untaught(task: keydoor, model: "qwen", taught: []) == nil, "nothing is known of other models")
        let text = try #require(Advice.untaught(task: keydoor, model: "seedling", taught: ["countdown", "choice"]))
        #expect(text.hasPrefix("'seedling' was taught countdown, choice, and knows no other task: at 'keydoor'"), "\(text)")
        let known = #"{"prompt": "arithmetic 1+1\n", "answer": "2"}"#, strange = #"{"prompt": "What is 1+1?", "answer": "2"}"#
        #expect(Advice.untaught(task: try Self.task([known]), model: "seedling", taught: Self.taught) == nil)
        let mixed = try #require(Advice.untaught(task: try Self.task([known, strange]), model: "seedling", taught: Self.taught))
        #expect(mixed.contains("of 2 prompts in my.jsonl, 1 are of a form"), "\(mixed)")
    }

    @Test(
        "after a run on a file of which nothing was judged right, both causes are said, and what tells them apart",
        arguments: [
            ("number", "grpo", "accepts the answer of each row"), ("python-tests", "grpo", "runs the solutions that rows state"),
            ("/x/check.py", "grpo", "a response that is right"), ("number", "score", "the second answer counts"),
        ])
    func nothingAccepted(verifier: String, recipe: String, words: String) {
        let file = TaskFile(path: "/data/my file.jsonl", contentHash: "c0ffee", verifier: verifier, answerField: "a.b")
        let manifest = RunManifest(
            runID: "r", recipe: recipe, task: "my.jsonl", taskFile: file, model: "seedling", seed: 1, settings: "{}", versions: [:],
            createdAt: 0)
        let text = Advice.nothingSolved(manifest)
        #expect(text.contains("too hard for the model, or verifier \(verifier) accepts nothing"), "\(text)")
        #expect(text.contains("'autodidact check '/data/my file.jsonl' --verifier \(verifier) --answer-field a.b'"), "\(text)")
        #expect(text.contains(words) && !text.contains("--level"), "\(text)")
    }
}
