import Foundation
import LanguageModel
import Tensors
import Testing

/// One adapter over the base of a folder, with what PEFT computes with it.
struct AdapterCase {
    let name: String
    let transformer: Transformer
    let adapter: LowRankAdapter?
    /// The tokens that are scored.
    let sequences: [[Int32]]
    private let expected: SafetensorsFile?

    init(name: String, transformer: Transformer, adapter: LowRankAdapter?, sequences: [[Int32]]) {
        self.name = name
        self.transformer = transformer
        self.adapter = adapter
        self.sequences = sequences
        expected = nil
    }

    /// Reads a case that `adapters.py` wrote.
    init(_ name: String, in folder: URL) throws {
        self.name = name
        transformer = try Self.base(in: folder, named: name.hasPrefix("untied") ? "untied" : "base")
        adapter = try LowRankAdapter(directory: folder.appendingPathComponent(name), of: transformer)
        let file = try SafetensorsFile(folder.appendingPathComponent("\(name).safetensors"))
        var tokens = try file.floats("tokens").map { Int32($0) }[...]
        var sequences: [[Int32]] = []
        for length in try file.floats("lengths") {
            sequences.append(Array(tokens.prefix(Int(length))))
            tokens = tokens.dropFirst(Int(length))
        }
        self.sequences = sequences
        expected = file
    }

    static func base(in folder: URL, named name: String = "base") throws -> Transformer {
        let directory = folder.appendingPathComponent(name)
        let configuration = try ModelConfiguration.load(from: directory.appendingPathComponent("config.json"))
        return try Transformer(Architecture(configuration), loading: SafetensorsCollection(directory: directory), name: directory.path)
    }

    private var trainer: Trainer { Trainer(transformer, adapter: adapter, cores: Cores(2)) }

    /// Of every token after every prefix of every sequence.
    var logprobs: [Float] {
        let all = sequences.flatMap { tokens in
            tokens.indices.flatMap { position in
                (0..<transformer.architecture.vocabulary).map {
                    ScoringSequence(context: Array(tokens[...position]), targets: [Int32($0)])
                }
            }
        }
        return trainer.logprobs(all).map { $0[0] }
    }

    /// Holds logprobs and the gradients of the mean loss against those of the reference.
    func compare() throws {
        let expected = try #require(expected), adapter = try #require(adapter)
        let found = logprobs, wanted = try expected.floats("logprobs")
        let difference = zip(found, wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(found.count == wanted.count && difference < 1e-3, "\(name): logprobs differ by \(difference)")

        let trainer = trainer, count = Float(sequences.reduce(0) { $0 + $1.count - 1 })
        trainer.accumulate(sequences.map { ScoringSequence(context: [$0[0]], targets: Array($0[1...])) }) { logprobs in
            logprobs.map { $0.map { _ in -1 / count } }
        }
        // With β1 = 0 the first moment is the gradient.
        _ = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0))
        let gradient = trainer.optimizer.firstMoment.floats
        for specification in adapter.parameters.specifications {
            let start = adapter.parameters.offset(of: specification.name)
            let reference = try expected.floats("gradient." + specification.name)
            let scale = reference.reduce(0) { max($0, abs($1)) }
            let error = zip(gradient[start..<start + specification.count], reference).reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(scale > 0 && error < 1e-3 * scale, "\(specification.name): \(error) of \(scale)")
        }
    }

    /// Writes the adapter for PEFT, with its logprobs beside it.
    func save(in folder: URL) throws {
        try adapter?.save(to: folder.appendingPathComponent(name), baseModel: "base")
        try saveLogprobs(in: folder)
    }

    func saveLogprobs(in folder: URL) throws {
        let logprobs = logprobs, width = transformer.architecture.vocabulary
        try SafetensorsWriter.write(
            tensors: [(name: "logprobs", shape: [logprobs.count / width, width], floats: logprobs)],
            to: folder.appendingPathComponent("\(name).safetensors"))
    }
}
