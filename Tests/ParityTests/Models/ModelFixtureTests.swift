import Foundation
import LanguageModel
import Testing

/// Three small checkpoints of transformers and what it computes with them; `Tests/Parity/models.py fixture` writes them.
@Suite("Models equal transformers', on the committed checkpoints")
struct ModelFixtureTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/models")
    /// fp32 sums in another order, over logits of order 5.
    private static let tolerance: Float = 1e-3

    @Test("logits and greedy continuation", arguments: ["qwen2", "llama3", "mistral"])
    func forward(name: String) throws {
        let example = try ModelCase(Self.root.appendingPathComponent(name))
        let transformer = try example.transformer()
        #expect(try example.logitError(transformer) < Self.tolerance)
        #expect(example.greedy(transformer) == example.facts.greedy)
    }
}
