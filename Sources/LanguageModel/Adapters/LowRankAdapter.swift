import Foundation
public import Randomness
public import Tensors

/// Low-rank updates of a transformer's linear layers, W + s·B·A each (LoRA, arXiv:2106.09685), over weights that stay as they are.
///
/// The factors are parameters of their own, with PEFT's names. Any number of adapters can be used with one transformer at the same
/// time; none copies it.
public final class LowRankAdapter: Sendable {
    /// The sizes of the transformer that it belongs to.
    public let architecture: Architecture
    /// Rank, scale and targets.
    public let configuration: AdapterConfiguration
    /// All factors.
    public let parameters: Parameters
    let layers: [Layer]
    let head: LowRankTerm?

    /// The updates of one decoder block, by the matrices of `Transformer.Block`.
    struct Layer: Sendable {
        let queryKeyValue: LowRankTerm?
        let attentionOutput: LowRankTerm?
        let gateUp: LowRankTerm?
        let down: LowRankTerm?
    }

    /// An adapter with zero factors, to be initialised or loaded.
    ///
    /// A head that is the embedding table cannot be a target: merged, the update would change the embedding too.
    public init(_ architecture: Architecture, _ configuration: AdapterConfiguration) {
        precondition(!architecture.tiesHead || !configuration.targets.contains(.head), "the head is tied to the embedding")
        self.architecture = architecture
        self.configuration = configuration
        let parameters = Parameters(Self.specifications(architecture, configuration))
        self.parameters = parameters
        layers = (0..<architecture.layers).map { layer in
            let terms = AdapterTarget.fused.map { fused in
                Self.term(of: fused, layer: layer, architecture: architecture, configuration: configuration, parameters: parameters)
            }
            return Layer(queryKeyValue: terms[0], attentionOutput: terms[1], gateUp: terms[2], down: terms[3])
        }
        head = Self.term(of: [.head], layer: 0, architecture: architecture, configuration: configuration, parameters: parameters)
    }

    /// A copy with factors of its own.
    public convenience init(copying other: LowRankAdapter) {
        self.init(other.architecture, other.configuration)
        parameters.storage.copy(from: other.parameters.storage)
        parameters.didChange()
    }

    /// Random A, uniform within ±1/√inputs as PEFT draws it (Kaiming with a = √5), and B = 0: the model is unchanged at first.
    public func initialize(_ seed: SeedTree) {
        var offset = 0
        for specification in parameters.specifications {
            var values = [Float](repeating: 0, count: specification.count)
            if specification.name.hasSuffix(Self.first) {
                let bound = 1 / Double(specification.shape[1]).squareRoot()
                var generator = seed(named: specification.name).generator
                for i in values.indices { values[i] = Float((2 * generator.uniform() - 1) * bound) }
            }
            parameters.storage.write(values, at: offset)
            offset += specification.count
        }
        parameters.didChange()
    }

    /// Adds all updates to the weights of a transformer, which then computes without the adapter what it computed with it.
    public func merge(into transformer: Transformer) {
        precondition(transformer.architecture == architecture, "the adapter belongs to a model of other sizes")
        for (layer, block) in zip(layers, transformer.blocks) {
            layer.queryKeyValue?.merge(into: block.queryKeyValue.weight)
            layer.attentionOutput?.merge(into: block.attentionOutput.weight)
            layer.gateUp?.merge(into: block.gateUp.weight)
            layer.down?.merge(into: block.down.weight)
        }
        head?.merge(into: transformer.head)
        transformer.parameters.didChange()
    }

    /// The arrays of a PEFT checkpoint, in memory order: the first factors of a fused matrix on top of each other, then the second.
    static func specifications(_ architecture: Architecture, _ configuration: AdapterConfiguration) -> [ParameterSpecification] {
        let blocks = (0..<architecture.layers).flatMap { layer in
            AdapterTarget.fused.flatMap { specifications(of: $0, layer: layer, architecture, configuration) }
        }
        return blocks + specifications(of: [.head], layer: 0, architecture, configuration)
    }

    private static func specifications(
        of fused: [AdapterTarget], layer: Int, _ architecture: Architecture, _ configuration: AdapterConfiguration
    ) -> [ParameterSpecification] {
        let targets = fused.filter(configuration.targets.contains), rank = configuration.rank
        return targets.map { target in
            let shape = [rank, architecture.shape(of: target).inputs]
            return ParameterSpecification(name(of: target, layer: layer) + first, shape: shape, decays: true)
        }
            + targets.map { target in
                let shape = [architecture.shape(of: target).outputs, rank]
                return ParameterSpecification(name(of: target, layer: layer) + second, shape: shape, decays: true)
            }
    }

    private static let first = ".lora_A.weight"
    private static let second = ".lora_B.weight"

    private static func name(of target: AdapterTarget, layer: Int) -> String { "base_model.model." + target.path(layer: layer) }

    /// The update of one fused matrix; nil where none of its parts is a target.
    private static func term(
        of fused: [AdapterTarget], layer: Int, architecture: Architecture, configuration: AdapterConfiguration, parameters: Parameters
    ) -> LowRankTerm? {
        let rank = configuration.rank, count = fused.count(where: configuration.targets.contains)
        var first: Tensor?
        var parts: [LowRankTerm.Part] = []
        var start = 0
        for target in fused {
            let (outputs, inputs) = architecture.shape(of: target)
            if configuration.targets.contains(target) {
                let name = name(of: target, layer: layer)
                first = first ?? parameters.tensor(name + Self.first, shape: [count * rank, inputs])
                parts.append(
                    LowRankTerm.Part(parameters.tensor(name + second, shape: [outputs, rank]), columns: start..<start + outputs))
            }
            start += outputs
        }
        return first.map { LowRankTerm(first: $0, parts: parts, scale: Float(configuration.scale)) }
    }
}
