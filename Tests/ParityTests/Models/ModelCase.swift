import Foundation
import LanguageModel
import Tensors

/// A checkpoint that transformers wrote, with what transformers computes with it.
struct ModelCase {
    let folder: URL
    let facts: Facts
    /// Logits `logits.0…`, and `gradient.NAME` for each array.
    let expected: SafetensorsFile

    /// What `case.json` says.
    struct Facts: Decodable {
        /// Those whose logits are expected.
        let sequences: [[Int32]]
        /// Those whose mean cross-entropy is learnt from; may be empty.
        let batch: [[Int32]]
        let loss: Double?
        let prompt: [Int32]
        let greedy: [Int32]
    }

    init(_ folder: URL) throws {
        self.folder = folder
        facts = try JSONDecoder().decode(Facts.self, from: Data(contentsOf: folder.appendingPathComponent("case.json")))
        expected = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
    }

    /// The decoder of the folder, by configuration and weights alone.
    func transformer() throws -> Transformer {
        let configuration = try ModelConfiguration.load(from: folder.appendingPathComponent("config.json"))
        return try Transformer(Architecture(configuration), loading: SafetensorsCollection(directory: folder), name: folder.path)
    }

    /// The largest |Δlogit| over all sequences.
    func logitError(_ transformer: Transformer) throws -> Float {
        try facts.sequences.enumerated().reduce(0) { worst, sequence in
            max(worst, Self.distance(transformer.logits(sequence.element), try expected.floats("logits.\(sequence.offset)")))
        }
    }

    /// The most probable continuation of the prompt.
    func greedy(_ transformer: Transformer) -> [Int32] {
        let request = ContinuationRequest(prompt: facts.prompt, keys: [0])
        let rule = DrawRule(temperature: 0, topK: 0, topP: 1)
        return Sampler(transformer, cores: Cores(2)).sample(
            [request], rule: rule, maximumTokens: facts.greedy.count, stopTokens: [])[0][0].tokens
    }

    /// Adds the gradient of the batch's mean cross-entropy to a trainer, and returns the loss.
    func accumulate(_ trainer: Trainer) -> Double {
        let sequences = facts.batch.map { ScoringSequence(context: Array($0.prefix(1)), targets: Array($0.dropFirst())) }
        let targets = sequences.reduce(0) { $0 + $1.targets.count }
        var loss = 0.0
        trainer.accumulate(sequences) { logprobs in
            loss = -logprobs.joined().reduce(0) { $0 + Double($1) } / Double(targets)
            return logprobs.map { $0.map { _ in -1 / Float(targets) } }
        }
        return loss
    }

    /// ‖Δgradient‖ / ‖gradient‖ of each array of parameters.
    func gradientErrors(_ transformer: Transformer) throws -> [(name: String, error: Double)] {
        let trainer = Trainer(transformer, cores: Cores(2))
        _ = accumulate(trainer)
        // With β1 = 0 the first moment is the gradient, and a learning rate of 0 leaves the parameters alone.
        _ = trainer.step(AdamW.Settings(learningRate: 0, beta1: 0))
        let gradient = trainer.optimizer.firstMoment.floats
        return try transformer.parameters.specifications.map { specification in
            let start = transformer.parameters.offset(of: specification.name)
            let reference = try expected.floats("gradient." + specification.name)
            let difference = zip(gradient[start..<start + specification.count], reference).map { Double($0) - Double($1) }
            return (specification.name, Self.norm(difference) / Self.norm(reference.map(Double.init)))
        }
    }

    /// The largest difference; infinite where the counts differ or a number is none.
    static func distance(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count else { return .infinity }
        return zip(a, b).reduce(0) { worst, pair in
            let difference = abs(pair.0 - pair.1)
            return difference.isNaN ? .infinity : max(worst, difference)
        }
    }

    private static func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
