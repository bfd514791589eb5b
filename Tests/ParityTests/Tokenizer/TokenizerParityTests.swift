import Foundation
import Testing

@testable import LanguageModel

@Suite("Tokenizers against the package of that name", .enabled(if: Parity.folder(of: "tokenizers") != nil, "\(Parity.reason)"))
struct TokenizerParityTests {
    @Test(
        "give the same ids for 2,400 texts, and the same texts for ids",
        arguments: [
            "gpt2", "smollm", "qwen2", "llama3", "llama2", "flags", "metaspace-first", "metaspace-always-split", "metaspace-never",
            "unknown-fused", "unknown",
        ])
    func family(name: String) throws {
        let folder = try #require(Parity.folder(of: "tokenizers"))
        try TokenizerCases.compare(in: folder.appendingPathComponent(name))
    }
}

@Suite("Tokenizers against recorded results of the package of that name")
struct TokenizerFixtureTests {
    @Test("a small core of each kind gives the same ids and texts", arguments: ["llama3", "llama2"])
    func family(name: String) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        try TokenizerCases.compare(in: fixtures.appendingPathComponent("Fixtures/tokenizers/\(name)"))
    }
}
