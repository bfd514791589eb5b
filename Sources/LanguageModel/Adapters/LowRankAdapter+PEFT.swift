public import Foundation
import Tensors

/// Adapters travel as PEFT directories: `adapter_config.json` and `adapter_model.safetensors`.
extension LowRankAdapter {
    /// The name of the file that holds the factors.
    public static let fileName = "adapter_model.safetensors"

    /// Reads an adapter of a model; names and shapes are compared before anything is allocated.
    ///
    /// With a target that is tied to the vocabulary, PEFT saves the model's own weights of it too: those must be the model's.
    ///
    /// - Throws: `AdapterError`, also for whatever of PEFT this engine does not have.
    public convenience init(directory: URL, of transformer: Transformer) throws(AdapterError) {
        guard FileManager.default.fileExists(atPath: directory.path + "/") else { throw .notADirectory(directory.path) }
        let file = directory.appendingPathComponent(PEFTConfiguration.fileName), architecture = transformer.architecture
        let text: Data
        do { text = try ModelFile.text(at: file) } catch { throw .unreadable(file: file.path, reason: error.reason) }
        let configuration = try AdapterConfiguration(PEFTConfiguration([UInt8](text), file: file.path), architecture: architecture)
        do {
            let weights = try SafetensorsFile(directory.appendingPathComponent(Self.fileName))
            try Self.check(weights, architecture, configuration, ignoring: try Self.copies(in: weights, of: transformer))
            self.init(architecture, configuration)
            try fill(weights)
        } catch {
            throw .weights(error)
        }
    }

    /// Writes a directory that PEFT loads, made where there is none, the factors last; `baseModel` is the name or path of the model that
    /// the adapter belongs to.
    ///
    /// - Throws: `AdapterError.unwritable` or `weights`.
    public func save(to directory: URL, baseModel: String?) throws(AdapterError) {
        let file = directory.appendingPathComponent(PEFTConfiguration.fileName)
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try Data(PEFTConfiguration.text(configuration, baseModel: baseModel)).write(to: file, options: .atomic)
        } catch {
            throw .unwritable(file: file.path, reason: error.localizedDescription)
        }
        do {
            try SafetensorsWriter.write(
                tensors: namedArrays, metadata: ["format": "pt"], to: directory.appendingPathComponent(Self.fileName))
        } catch {
            throw .weights(error)
        }
    }

    /// The adapter as the bytes of one safetensors file: PEFT's arrays, with the configuration and `notes` among the metadata.
    public func data(notes: [String: String] = [:]) -> Data {
        SafetensorsWriter.data(tensors: namedArrays, metadata: notes.merging(description) { $1 })
    }

    /// Whether a file was written by `data(notes:)`.
    public static func isWritten(in file: SafetensorsFile) -> Bool { file.metadata[PEFTConfiguration.fileName] != nil }

    /// Reads what `data(notes:)` wrote, for a model of these sizes.
    public convenience init(_ file: SafetensorsFile, architecture: Architecture) throws(AdapterError) {
        let text = file.metadata[PEFTConfiguration.fileName] ?? ""
        let peft = try PEFTConfiguration([UInt8](text.utf8), file: "\(PEFTConfiguration.fileName) in \(file.name)")
        let configuration = try AdapterConfiguration(peft, architecture: architecture)
        do {
            try Self.check(file, architecture, configuration)
            self.init(architecture, configuration)
            try load(file)
        } catch {
            throw .weights(error)
        }
    }

    /// Replaces all factors by those that `data(notes:)` wrote of an adapter with this configuration; nothing changes where they are not.
    public func restore(_ file: SafetensorsFile) throws(SafetensorsError) {
        for (key, value) in description where file.metadata[key] != value {
            throw .foreign(
                file: file.name, reason: "it does not hold an adapter of this configuration; take the settings that it was made with")
        }
        try load(file)
    }

    private var description: [String: String] {
        let text = PEFTConfiguration.text(configuration, baseModel: nil)
        return ["format": "pt", PEFTConfiguration.fileName: String(decoding: text, as: UTF8.self)]
    }

    /// Every factor with its name in PEFT's checkpoints.
    public var namedArrays: [(name: String, shape: [Int], floats: [Float])] {
        parameters.namedArrays
    }

    /// Replaces all factors by those of a checkpoint, whose names and shapes must be this adapter's; nothing changes where they are not.
    public func load(_ weights: SafetensorsFile) throws(SafetensorsError) {
        try Self.check(weights, architecture, configuration)
        try fill(weights)
    }

    /// All factors are read and looked at before the first is replaced.
    private func fill(_ weights: SafetensorsFile) throws(SafetensorsError) {
        var factors: [[Float]] = []
        for specification in parameters.specifications {
            let floats = try weights.floats(specification.name)
            guard floats.allSatisfy(\.isFinite) else {
                throw .malformedTensor(
                    file: weights.name, tensor: specification.name, reason: SafetensorsError.notFinite)
            }
            factors.append(floats)
        }
        for (specification, floats) in zip(parameters.specifications, factors) {
            parameters.storage.write(floats, at: parameters.offset(of: specification.name))
        }
        parameters.didChange()
    }

    /// The arrays of a file that repeat the model's head or embedding table.
    private static func copies(in weights: SafetensorsFile, of transformer: Transformer) throws(SafetensorsError) -> Set<String> {
        var copies: Set<String> = []
        for specification in transformer.parameters.specifications {
            for part in ["lm_head", "model.embed_tokens"] where specification.name == part + ".weight" {
                for name in ["base_model.model.\(part).base_layer.weight", "base_model.model.\(part).weight"]
                where weights.tensorNames.contains(name) {
                    let start = transformer.parameters.offset(of: specification.name)
                    guard try weights.info(name).shape == specification.shape,
                        try weights.floats(name) == transformer.parameters.storage.read(start..<start + specification.count)
                    else {
                        throw .malformedTensor(
                            file: weights.name, tensor: name, reason: "it differs from the model's own; merge the adapter with PEFT instead"
                        )
                    }
                    copies.insert(name)
                }
            }
        }
        return copies
    }

    private static func check(
        _ weights: SafetensorsFile, _ architecture: Architecture, _ configuration: AdapterConfiguration, ignoring copies: Set<String> = []
    ) throws(SafetensorsError) {
        let expected = specifications(architecture, configuration)
        for specification in expected {
            let found = try weights.info(specification.name).shape
            guard found == specification.shape else {
                throw .malformedTensor(
                    file: weights.name, tensor: specification.name,
                    reason: "it has shape \(found), but the model and the adapter's rank ask for \(specification.shape)")
            }
        }
        let known = Set(expected.map(\.name)).union(copies)
        if let stranger = weights.tensorNames.first(where: { !known.contains($0) }) {
            throw .malformedTensor(
                file: weights.name, tensor: stranger, reason: "\(PEFTConfiguration.fileName) describes an adapter without it")
        }
    }
}

extension AdapterConfiguration {
    /// What a file asks for in a model of these sizes.
    ///
    /// A name may be the end of layers' paths (`q_proj`) or one whole path, as PEFT writes for “all-linear”; the layers it names must be
    /// of kinds that can carry an adapter, in all blocks.
    init(_ file: PEFTConfiguration, architecture: Architecture) throws(AdapterError) {
        func refuse(_ found: String, _ remedy: String) -> AdapterError {
            .unsupported(file: file.file, field: "target_modules", found: found, remedy: remedy)
        }
        guard let names = file.targets else {
            self.init(rank: file.rank, alpha: file.alpha, stabilizesRank: file.stabilizesRank)
            return
        }
        var found: [AdapterTarget: Set<String>] = [:]
        for name in Set(names).sorted() {
            var isKnown = false
            for target in AdapterTarget.allCases {
                for path in target.paths(blocks: architecture.layers) where path == name || path.hasSuffix("." + name) {
                    found[target, default: []].insert(path)
                    isKnown = true
                }
            }
            guard isKnown else {
                let known = AdapterTarget.allCases.map(\.rawValue).joined(separator: ", ")
                throw refuse("“\(name)”", "an adapter of this model can have \(known)")
            }
        }
        guard found[.head] == nil || !architecture.tiesHead else {
            throw refuse("“\(AdapterTarget.head.rawValue)” of a model whose head is its embedding table", "leave it out of the targets")
        }
        for (target, paths) in found.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let all = target.paths(blocks: architecture.layers).count
            guard paths.count == all else {
                throw refuse(
                    "\(target.rawValue) in \(paths.count) of \(all) blocks",
                    "adapt whole kinds of layers in all blocks, or merge the adapter with PEFT")
            }
        }
        self.init(rank: file.rank, alpha: file.alpha, targets: Set(found.keys), stabilizesRank: file.stabilizesRank)
    }
}
