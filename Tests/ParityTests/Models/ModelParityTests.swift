import Foundation
import LanguageModel
import Tensors
import Testing

/// Every architecture and form of checkpoint, as `Tests/Parity/models.py make` wrote them.
@Suite("Models equal transformers'", .enabled(if: Parity.folder(of: "models") != nil, "needs the reference’s files: Scripts/parity"))
struct ModelParityTests {
    static let root = Parity.folder(of: "models")
    /// fp32 sums in another order, over logits of order 5 and positions up to 700.
    private static let logitTolerance: Float = 1e-3
    /// Relative to the norm of an array's gradient.
    private static let gradientTolerance = 1e-3

    static let cases: [String] = {
        guard let root, let names = try? FileManager.default.contentsOfDirectory(atPath: root.path) else { return [] }
        return names.sorted()
    }()

    @Test("there are checkpoints to compare with")
    func isComplete() {
        #expect(Self.cases.count >= 11)
    }

    @Test("logits, also far beyond the positions that a scaling starts from", arguments: cases)
    func logits(name: String) throws {
        let example = try example(name)
        #expect(try example.logitError(example.transformer()) < Self.logitTolerance)
    }

    @Test("64 greedy tokens", arguments: cases)
    func greedy(name: String) throws {
        let example = try example(name)
        #expect(example.greedy(try example.transformer()) == example.facts.greedy)
    }

    @Test("the loss of a batch and the gradient of every array", arguments: cases)
    func gradients(name: String) throws {
        let example = try example(name)
        let transformer = try example.transformer()
        for (name, error) in try example.gradientErrors(transformer) {
            #expect(error < Self.gradientTolerance, "\(name)")
        }
        let loss = example.accumulate(Trainer(transformer, cores: Cores(2)))
        #expect(abs(loss - (try #require(example.facts.loss))) < 1e-4)
    }

    /// The other half is `models.py check`.
    @Test("a step of training is saved for transformers to load", arguments: cases)
    func wayBack(name: String) throws {
        let example = try example(name)
        let model = try ModelDirectory(example.folder)
        let error = try example.logitError(model.transformer)
        let gradientError = try example.gradientErrors(model.transformer).map(\.error).max() ?? .infinity

        let trainer = Trainer(model.transformer, cores: Cores(2))
        _ = example.accumulate(trainer)
        #expect(trainer.step(AdamW.Settings(learningRate: 1e-2, weightDecay: 0.1)).applied)
        let folder = example.folder.appendingPathComponent("trained")
        let format: SafetensorsWriter.Format = model.configuration.dtype == .bfloat16 ? .bfloat16 : .float32
        try model.save(to: folder, format: format)

        // What was written counts, rounded or not.
        let saved = try ModelDirectory(folder)
        #expect(saved.configuration.dtype == format.dtype)
        let longest = try #require(example.facts.sequences.last)
        let logits = saved.transformer.logits(longest)
        try SafetensorsWriter.write(
            tensors: [("logits", [longest.count, saved.transformer.architecture.vocabulary], logits)],
            to: example.folder.appendingPathComponent("trained-logits.safetensors"))
        let measured = Measured(logits: error, gradient: gradientError, format: format.dtype.configurationName)
        try JSONEncoder().encode(measured).write(to: example.folder.appendingPathComponent("measured.json"))
    }

    /// What `models.py check` prints.
    private struct Measured: Encodable {
        let logits: Float
        let gradient: Double
        let format: String
    }

    private func example(_ name: String) throws -> ModelCase {
        try ModelCase(try #require(Self.root).appendingPathComponent(name))
    }
}
