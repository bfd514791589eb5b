import Foundation
import Testing

@testable import LanguageModel

@Suite("Conversations against transformers", .enabled(if: Parity.folder(of: "templates") != nil, "\(Parity.reason)"))
struct ConversationParityTests {
    @Test(
        "a published template is recognised, and renders the same texts and tokens",
        arguments: [
            "chatml", "chatml-guarded", "qwen1.5", "qwen2", "smollm2", "qwen2.5", "qwen2.5-base", "qwen2.5-math", "qwen3", "qwen3-first",
            "llama3", "llama3.1", "llama3.2", "chatml-prepended", "chatml-metaspace",
        ])
    func template(name: String) throws {
        let folder = try #require(Parity.folder(of: "templates")).appendingPathComponent(name)
        let tokenizer = try BPETokenizer(tokenizerJSON: folder.appendingPathComponent("tokenizer.json"))
        let template = try #require(try ChatTemplate.load(from: folder))
        let format = try ConversationFormat(named: ConversationFormat.automatic, template: template)
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        let cases = try JSONDecoder().decode(ConversationCases.self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
        try cases.compare(format, encoder: encoder, name: name)

        let saved = folder.appendingPathComponent("saved")
        try FileManager.default.createDirectory(at: saved, withIntermediateDirectories: true)
        let end = try #require(format.endOfTurn)
        try tokenizer.save(to: saved, endOfText: end, padding: "<|endoftext|>", beginningOfText: template.beginningOfText)
        try template.save(to: saved)
        let reread = try #require(try ChatTemplate.load(from: saved))
        #expect(try ConversationFormat(named: ConversationFormat.automatic, template: reread) == format)
    }
}

@Suite("Conversations against recorded results of transformers")
struct ConversationFixtureTests {
    @Test("a published template is recognised, and renders the same texts")
    func templates() throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: fixtures.appendingPathComponent("Fixtures/templates/templates.json"))
        let recorded = try JSONDecoder().decode([String: ConversationCases].self, from: data)
        #expect(recorded.count == 6)
        for (name, cases) in recorded {
            let template = ChatTemplate(text: try #require(cases.template), file: name)
            try cases.compare(ConversationFormat(named: ConversationFormat.automatic, template: template), encoder: nil, name: name)
        }
    }
}
