import Autodidact
import Foundation

/// How weights came about: the digest of base, adapter and every optimiser step since, which names them without reading them.
///
/// Weights at a service cannot be hashed. Equal steps from equal weights have equal lineages, and no two ways of learning share one.
struct Lineage: Sendable, Hashable, Codable {
    /// Hexadecimal.
    let digest: String
    /// Optimiser steps since the adapter was made.
    let steps: Int

    private init(digest: String, steps: Int) { (self.digest, self.steps) = (digest, steps) }

    /// A new adapter of a base model.
    init(baseModel: String, adapter: CreateModel.LoRA) {
        self.init(digest: ContentHash.hexadecimal(of: "\(baseModel)\nrank \(adapter.rank) seed \(adapter.seed)"), steps: 0)
    }

    /// After a step along the slopes of these sequences.
    ///
    /// - Parameter memory: How the optimiser's moments came about: as the weights did, unless they were forgotten on the way.
    func after(_ load: SlopeLoad, _ adam: OptimStep.Adam, memory: Lineage) -> Lineage {
        var bytes = Array((digest + memory.digest).utf8)
        func add(_ number: UInt32) { bytes.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }) }
        for sequence in load.sequences {
            add(UInt32(sequence.context.count))
            add(UInt32(sequence.targets.count))
            for token in sequence.context + sequence.targets { add(UInt32(bitPattern: token)) }
            for slope in sequence.slopes { add(slope.bitPattern) }
            // Fresh logprobs follow from the weights, up to rounding that differs from pass to pass.
            if !load.isFresh { for logprob in sequence.logprobs { add(logprob.bitPattern) } }
        }
        bytes.append(contentsOf: load.loss.rawValue.utf8)
        for value in [adam.learningRate, adam.beta1, adam.beta2, adam.eps, adam.weightDecay, adam.gradClipNorm] { add(value.bitPattern) }
        return Lineage(digest: ContentHash.hexadecimal(of: bytes), steps: steps + 1)
    }

    /// The beginning of the digest, for names.
    var short: String { String(digest.prefix(16)) }
}
