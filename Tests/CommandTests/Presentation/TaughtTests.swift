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
        #expect(try ModelCard.tasks(in: models.appendingPathComponent("seedling")) == Self.taught)
        #expect(try ModelCard.tasks(in: models) == [], "no card")
        for text in ["", "| task | level |\n|---|---|\n| a | 1 |", "| task | level | n | greedy | mean@8 | pass@8 |"] {
            #expect(ModelCard.tasks(statedIn: text) == [], "\(text)")
        }
    }

    private static let table = "| task | level | n | greedy | mean@8 | pass@8 |\n|---|---|---|---|---|---|\n"

    @Test("a card states each task once, and of a long table no more than the first rows")
    func rows() {
        let row = { (name: String) in "| \(name) | 1 | 2 | 3 | 4 | 5 |\n" }
        #expect(ModelCard.tasks(statedIn: Self.table + ["a", "b", "a", "", "b"].map(row).joined()) == ["a", "b"])
        let many = (0...ModelCard.mostRows).map { row("t\($0)") }.joined()
        #expect(ModelCard.tasks(statedIn: Self.table + many).count == ModelCard.mostRows)
    }

    @Test("a card that is a link out of the model's directory is refused with its place, and so is what is no file")
    func cardOfOthers() async throws {
        try await Workplace.with { place in
            let (model, outside) = (place.folder.appendingPathComponent("model"), place.folder.appendingPathComponent("private"))
            try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
            try Data((Self.table + "| secret | 1 | 2 | 3 | 4 | 5 |\n").utf8).write(to: outside)
            let card = model.appendingPathComponent(ModelCard.fileName)
            try FileManager.default.createSymbolicLink(atPath: card.path, withDestinationPath: "../private")
            let link = #expect(throws: BadInput.self) { _ = try ModelCard.tasks(in: model) }
            #expect(link?.description.contains("README.md' is not read: it is a link to") == true, "\(String(describing: link))")
            try FileManager.default.removeItem(at: card)
            try FileManager.default.createDirectory(at: card, withIntermediateDirectories: true)
            let folder = #expect(throws: BadInput.self) { _ = try ModelCard.tasks(in: model) }
            #expect(folder?.description.contains("it is not a regular file") == true, "\(String(describing: folder))")
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
        #expect(mixed.contains("of 2 prompts in my.jsonl, 1 is of a form"), "\(mixed)")
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
        #expect(text.contains(": autodidact check '/data/my file.jsonl' --verifier \(verifier) --answer-field a.b "), "\(text)")
        #expect(text.contains(words) && !text.contains("--level"), "\(text)")
    }
}
