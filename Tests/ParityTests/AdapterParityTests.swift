import Foundation
import LanguageModel
import Randomness
import Tensors
import Testing

/// Adapters made by PEFT load here and compute the same; what is saved here loads there (`Tests/Parity/adapters.py check`).
@Suite("Adapters and PEFT")
struct AdapterParityTests {
    /// Two of the cases, committed; `adapters.py fixture` makes them.
    private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/adapters")

    private static let isAskedFor = Parity.folder(of: "adapters") != nil

    @Test("agree on a committed adapter's logprobs and gradients", arguments: ["r4-all", "r8-query-value"])
    func committed(name: String) throws {
        try AdapterCase(name, in: Self.fixture).compare()
    }

    @Test(
        "agree on fresh adapters' logprobs and gradients", .enabled(if: isAskedFor, "Scripts/parity makes the files"),
        arguments: ["r4-all", "r8-query-value", "r8-all-stabilised", "r4-feed-forward", "untied-head"])
    func fresh(name: String) throws {
        let folder = try #require(Parity.folder(of: "adapters"))
        let adapterCase = try AdapterCase(name, in: folder)
        try adapterCase.compare()
        try adapterCase.save(in: folder.appendingPathComponent("saved"))
    }

    @Test(
        "an adapter of ours, and a model it is merged into, are saved for PEFT", .enabled(if: isAskedFor, "Scripts/parity makes the files"))
    func ours() throws {
        let folder = try #require(Parity.folder(of: "adapters"))
        let transformer = try AdapterCase.base(in: folder)
        let configuration = AdapterConfiguration(rank: 3, alpha: 2.5, targets: [.key, .attentionOutput, .up], stabilizesRank: true)
        let adapter = LowRankAdapter(transformer.architecture, configuration)
        var generator = SeedTree(root: 4).generator
        adapter.parameters.storage.write((0..<adapter.parameters.count).map { _ in Float(0.3 * generator.normal()) })
        adapter.parameters.didChange()
        let sequences = try AdapterCase("r4-all", in: folder).sequences
        let saved = folder.appendingPathComponent("saved"), merged = saved.appendingPathComponent("merged")
        let ours = AdapterCase(name: "ours", transformer: transformer, adapter: adapter, sequences: sequences), beside = ours.logprobs
        try ours.save(in: saved)
        // Without an adapter, to be loaded by transformers alone.
        try FileManager.default.createDirectory(at: merged, withIntermediateDirectories: true)
        try ModelConfiguration.load(from: folder.appendingPathComponent("base/config.json")).save(
            to: merged.appendingPathComponent("config.json"))
        adapter.merge(into: transformer)
        try SafetensorsWriter.write(
            tensors: transformer.namedArrays, metadata: ["format": "pt"], to: merged.appendingPathComponent("model.safetensors"))
        let after = AdapterCase(name: "merged", transformer: transformer, adapter: nil, sequences: sequences)
        try after.saveLogprobs(in: saved)
        #expect(zip(after.logprobs, beside).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
