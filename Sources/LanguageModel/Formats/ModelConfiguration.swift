public import Foundation
public import Tensors

/// The architecture of a model, as its Hugging Face `config.json` states it.
///
/// Reading accepts the forms of transformers 4 and 5 and refuses, by name, every feature that the engine does not have; so a
/// model either runs as its authors meant it or not at all. Writing gives a file that both versions load.
public struct ModelConfiguration: Hashable, Sendable {
    /// The values of `model_type` that can be read.
    public static let supportedModelTypes = ModelFamily.all.map(\.modelType)

    /// The family of the architecture.
    let family: ModelFamily
    /// Rows of the embedding table; may exceed the tokenizer's vocabulary where a table is padded.
    public let vocabularySize: Int
    /// Width of the residual stream.
    public let hiddenSize: Int
    /// Width of the gated feed-forward layer.
    public let intermediateSize: Int
    /// Number of transformer blocks.
    public let layers: Int
    /// Number of query heads.
    public let attentionHeads: Int
    /// Number of key and value heads; divides `attentionHeads`.
    public let keyValueHeads: Int
    /// Width of one head; even, and not tied to `hiddenSize / attentionHeads`.
    public let headDimension: Int
    /// Added to the mean square in every RMS norm.
    public let rmsNormEpsilon: Double
    /// Base of the rotary position wavelengths.
    public let ropeTheta: Double
    /// How the rotary frequencies are stretched.
    public let ropeScaling: RotaryScaling
    /// The longest sequence that the model is meant for, in tokens.
    public let maxPositions: Int
    /// Whether the output projection is the embedding table.
    public let tiesWordEmbeddings: Bool
    /// Whether all four projections of attention add a bias, beyond what the family always has.
    public let attentionBias: Bool
    /// Whether the projections of the feed-forward layer add a bias.
    public let feedForwardBias: Bool
    /// The token that starts a text, where the model has one.
    public let bosTokenID: Int32?
    /// The tokens that end a text; may be empty.
    public let eosTokenIDs: [Int32]
    /// The token that fills unused places of a batch, where the model has one.
    public let padTokenID: Int32?
    /// The number format in which the weights are stored.
    public var dtype: SafetensorsDType

    /// The family of the architecture; one of `supportedModelTypes`.
    public var modelType: String { family.modelType }

    /// A configuration of a family.
    /// - Throws: `ConfigurationError.outOfRange` or `.unsupported`, with the name of the field in `config.json`.
    public init(
        modelType: String = "qwen3", vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layers: Int, attentionHeads: Int,
        keyValueHeads: Int, headDimension: Int, rmsNormEpsilon: Double = 1e-6, ropeTheta: Double = 10_000,
        ropeScaling: RotaryScaling = .none, maxPositions: Int = 32_768, tiesWordEmbeddings: Bool = false, attentionBias: Bool = false,
        feedForwardBias: Bool = false, bosTokenID: Int32? = nil, eosTokenIDs: [Int32] = [], padTokenID: Int32? = nil,
        dtype: SafetensorsDType = .float32
    ) throws(ConfigurationError) {
        self.family = try Self.family(modelType, file: "config.json")
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layers = layers
        self.attentionHeads = attentionHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.rmsNormEpsilon = rmsNormEpsilon
        self.ropeTheta = ropeTheta
        self.ropeScaling = ropeScaling
        self.maxPositions = maxPositions
        self.tiesWordEmbeddings = tiesWordEmbeddings
        self.attentionBias = attentionBias
        self.feedForwardBias = feedForwardBias
        self.bosTokenID = bosTokenID
        self.eosTokenIDs = eosTokenIDs
        self.padTokenID = padTokenID
        self.dtype = dtype
        try validate(file: "config.json")
    }

    /// The configuration in the file at `url`.
    /// - Throws: `ConfigurationError`; see its cases.
    public static func load(from url: URL) throws(ConfigurationError) -> ModelConfiguration {
        try ConfigurationDocument.load(ModelConfiguration.self, from: url)
    }

    /// Writes the file atomically; equal configurations give equal files.
    /// - Throws: `ConfigurationError.unwritable`.
    public func save(to url: URL) throws(ConfigurationError) {
        try ConfigurationDocument.save(self, to: url)
    }

    static func family(_ modelType: String, file: String) throws(ConfigurationError) -> ModelFamily {
        guard let family = ModelFamily.named(modelType) else {
            throw .unsupported(
                file: file, field: Key.modelType.rawValue, found: "the architecture “\(modelType)”",
                supported: supportedModelTypes.joined(separator: ", "))
        }
        return family
    }
}
