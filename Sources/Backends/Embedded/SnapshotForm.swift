import Autodidact
import Foundation
public import LanguageModel
import Tensors

/// How the weights of a policy are written: all of a model's, or an adapter's with the hash of the model that it belongs to.
public struct SnapshotForm: Sendable {
    private let transformer: Transformer
    private let adapter: LowRankAdapter?
    /// The hash of the model's weights, by which an adapter's snapshot names the model that it belongs to; nil without an adapter.
    private let baseHash: String?

    /// What an adapter's snapshot calls the hash of its model's weights.
    private static let baseKey = "base_weights_hash"

    /// The form for a model, or for an adapter of it.
    public init(_ transformer: Transformer, _ adapter: LowRankAdapter?) {
        self.init(transformer, adapter, baseHash: adapter.map { _ in Self.hash(of: transformer) })
    }

    private init(_ transformer: Transformer, _ adapter: LowRankAdapter?, baseHash: String?) {
        self.transformer = transformer
        self.adapter = adapter
        self.baseHash = baseHash
    }

    /// The same for another adapter of the same model.
    func sharingBase(with adapter: LowRankAdapter) -> SnapshotForm {
        SnapshotForm(transformer, adapter, baseHash: baseHash)
    }

    /// The weights as a safetensors file.
    var weights: Data {
        guard let adapter, let baseHash else { return Self.data(of: transformer) }
        return adapter.data(notes: [Self.baseKey: baseHash])
    }

    /// Takes over weights of this form; nothing changes where they are of another.
    func restore(_ file: SafetensorsFile) throws(SafetensorsError) {
        guard let adapter else { return try transformer.load(SafetensorsCollection(file), name: file.name) }
        guard file.metadata[Self.baseKey] == baseHash else {
            throw .foreign(
                file: file.name, reason: "it does not hold an adapter of this model's weights; take the model that it was made over")
        }
        try adapter.restore(file)
    }

    /// Reads the adapter in a snapshot's weights; nil where they are those of a whole model.
    ///
    /// - Throws: `AdapterError`, also where the adapter belongs to a model with other weights than `transformer` has.
    public static func adapter(in file: SafetensorsFile, of transformer: Transformer) throws(AdapterError) -> LowRankAdapter? {
        guard LowRankAdapter.isWritten(in: file) else { return nil }
        guard file.metadata[baseKey] == hash(of: transformer) else {
            throw .weights(
                .foreign(
                    file: file.name,
                    reason: "the adapter was trained over other weights than this model has now; bring the model back as it was"))
        }
        return try LowRankAdapter(file, architecture: transformer.architecture)
    }

    /// The hash of the hashes of all arrays: one array at a time is copied, however large the model is.
    private static func hash(of transformer: Transformer) -> String {
        let parameters = transformer.parameters
        let hashes = parameters.specifications.map { specification in
            let start = parameters.offset(of: specification.name)
            let floats = parameters.storage.read(start..<start + specification.count)
            let tensor = (name: specification.name, shape: specification.shape, floats: floats)
            return ContentHash.hexadecimal(of: SafetensorsWriter.data(tensors: [tensor]))
        }
        return ContentHash.hexadecimal(of: hashes.joined(separator: "\n"))
    }

    private static func data(of transformer: Transformer) -> Data {
        SafetensorsWriter.data(tensors: transformer.namedArrays, metadata: ["format": "pt"])
    }
}
