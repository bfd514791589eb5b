public import Foundation

/// The architecture of a model, as its Hugging Face `config.json` states it.
///
/// Reading accepts the forms of transformers 4 and 5 and refuses, by name, every feature that the engine does not have; so a
/// model either runs as its authors meant it or not at all. Writing gives a file that both versions load.
public struct ModelConfiguration: Hashable, Sendable {
    /// The values of `model_type` that can be read.
    public static let supportedModelTypes = ["qwen3"]

    /// The family of the architecture; one of `supportedModelTypes`.
    public let modelType: String
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
    /// The longest sequence that the model is meant for, in tokens.
    public let maxPositions: Int
    /// Whether the output projection is the embedding table.
    public let tiesWordEmbeddings: Bool
    /// The token that starts a text, where the model has one.
    public let bosTokenID: Int32?
    /// The tokens that end a text; may be empty.
    public let eosTokenIDs: [Int32]
    /// The token that fills unused places of a batch, where the model has one.
    public let padTokenID: Int32?
    /// The number format in which the weights are stored.
    public let dtype: SafetensorsDType

    /// A Qwen3 configuration.
    /// - Throws: `ConfigurationError.outOfRange`, with the name of the field in `config.json`.
    public init(
        vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layers: Int, attentionHeads: Int, keyValueHeads: Int,
        headDimension: Int, rmsNormEpsilon: Double = 1e-6, ropeTheta: Double = 10_000, maxPositions: Int = 32_768,
        tiesWordEmbeddings: Bool = false, bosTokenID: Int32? = nil, eosTokenIDs: [Int32] = [], padTokenID: Int32? = nil,
        dtype: SafetensorsDType = .float32
    ) throws(ConfigurationError) {
        self.modelType = "qwen3"
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layers = layers
        self.attentionHeads = attentionHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.rmsNormEpsilon = rmsNormEpsilon
        self.ropeTheta = ropeTheta
        self.maxPositions = maxPositions
        self.tiesWordEmbeddings = tiesWordEmbeddings
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

    /// Checks every range and the relations between fields.
    func validate(file: String) throws(ConfigurationError) {
        func check(_ holds: Bool, _ key: Key, _ value: some CustomStringConvertible, _ allowed: String) throws(ConfigurationError) {
            guard holds else { throw .outOfRange(file: file, field: key.rawValue, value: value.description, allowed: allowed) }
        }
        let largest = 1 << 30  // a product of two sizes still fits an Int
        let sizes: [(Key, Int)] = [
            (.vocabularySize, vocabularySize), (.hiddenSize, hiddenSize), (.intermediateSize, intermediateSize), (.layers, layers),
            (.attentionHeads, attentionHeads), (.keyValueHeads, keyValueHeads), (.headDimension, headDimension),
            (.maxPositions, maxPositions),
        ]
        for (key, size) in sizes { try check(1...largest ~= size, key, size, "1 to \(largest)") }
        try check(attentionHeads % keyValueHeads == 0, .keyValueHeads, keyValueHeads, "a divisor of \(attentionHeads) attention heads")
        try check(headDimension % 2 == 0, .headDimension, headDimension, "even numbers")
        try check(rmsNormEpsilon > 0 && rmsNormEpsilon < 1, .rmsNormEpsilon, rmsNormEpsilon, "above 0 and below 1")
        try check(ropeTheta > 0 && ropeTheta.isFinite, .ropeTheta, ropeTheta, "positive numbers")
        let vocabulary = 0..<Int32(vocabularySize)
        func checkID(_ id: Int32?, _ key: Key) throws(ConfigurationError) {
            guard let id else { return }
            try check(vocabulary.contains(id), key, id, "ids of the vocabulary, 0 to \(vocabularySize - 1)")
        }
        try checkID(bosTokenID, .bosTokenID)
        try checkID(padTokenID, .padTokenID)
        for id in eosTokenIDs { try checkID(id, .eosTokenID) }
    }
}
