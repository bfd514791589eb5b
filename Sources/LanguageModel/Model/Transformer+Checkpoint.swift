public import Foundation
import Tensors

extension Transformer {
    /// The weights of a checkpoint, whose names and shapes must be those of the architecture.
    public convenience init(
        _ architecture: Architecture, loading weights: SafetensorsCollection, name: String
    ) throws(SafetensorsError) {
        try Self.check(weights, against: architecture, name: name)
        self.init(architecture)
        try load(weights, name: name)
    }

    /// Replaces all weights by those of a checkpoint, whose names and shapes must be this model's.
    public func load(_ weights: SafetensorsCollection, name: String) throws(SafetensorsError) {
        try Self.check(weights, against: architecture, name: name)
        for specification in parameters.specifications {
            // Straight from the mapped file into the parameters' own memory.
            let start = parameters.offset(of: specification.name)
            try parameters.storage.withMutableSpan(start..<start + specification.count) { (floats) throws(SafetensorsError) in
                try weights.read(specification.name, into: &floats)
            }
            guard parameters.storage.isFinite(in: start..<start + specification.count) else {
                throw .malformedTensor(file: name, tensor: specification.name, reason: SafetensorsError.notFinite)
            }
        }
        parameters.didChange()
    }

    /// Writes all weights to a file, atomically and without a copy of them in memory.
    public func save(to url: URL, format: SafetensorsWriter.Format = .float32) throws(SafetensorsError) {
        let parameters = parameters, starts = parameters.specifications.map { parameters.offset(of: $0.name) }
        try SafetensorsWriter.write(
            parameters.specifications.map { ($0.name, $0.shape) }, dtype: format, metadata: ["format": "pt"], to: url
        ) { index, range in
            parameters.storage.read(starts[index] + range.lowerBound..<starts[index] + range.upperBound)
        }
    }

    /// Every array with its name in checkpoints.
    public var namedArrays: [(name: String, shape: [Int], floats: [Float])] {
        parameters.namedArrays
    }

    /// Names and shapes are compared before anything is allocated, so a lying configuration cannot exhaust memory.
    private static func check(_ weights: SafetensorsCollection, against architecture: Architecture, name: String) throws(SafetensorsError) {
        let expected = specifications(architecture)
        for specification in expected {
            let found = try weights.info(specification.name)
            guard found.shape == specification.shape else {
                throw .malformedTensor(
                    file: name, tensor: specification.name,
                    reason: "it has shape \(found.shape), but config.json asks for \(specification.shape)")
            }
        }
        // A tied head may be stored again, and old checkpoints hold the rotary frequencies, which follow from the configuration; anything
        // else that is not used would be silently lost.
        let known = Set(expected.map(\.name)).union(architecture.tiesHead ? ["lm_head.weight"] : [])
        if let stranger = weights.tensorNames.first(where: { !known.contains($0) && !$0.hasSuffix(".rotary_emb.inv_freq") }) {
            throw .malformedTensor(file: name, tensor: stranger, reason: "config.json describes a model without it")
        }
    }
}
