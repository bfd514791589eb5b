public import Tensors

/// The sizes and parts of a decoder: RMS norms, rotary positions, grouped-query attention, SwiGLU.
///
/// What sets one family of open models apart from another is data: whether heads are normalised, which projections add a bias, how
/// rotary frequencies are stretched. The defaults are those of Qwen3.
public struct Architecture: Sendable, Hashable {
    /// V: tokens in the vocabulary.
    public var vocabulary: Int
    /// C: width of the residual stream.
    public var width: Int
    /// F: width inside the feed-forward block.
    public var feedForward: Int
    /// Blocks.
    public var layers: Int
    /// H: query heads.
    public var heads: Int
    /// K: key and value heads; divides `heads`.
    public var keyHeads: Int
    /// D: width of a head; even.
    public var headWidth: Int
    /// Added under the root of every norm.
    public var normEpsilon: Float
    /// θ of the rotary embedding.
    public var rotaryTheta: Double
    /// How the rotary frequencies are stretched.
    public var rotaryScaling: RotaryScaling
    /// The most positions a sequence may have.
    public var contextLength: Int
    /// Whether the head is the embedding table.
    public var tiesHead: Bool
    /// Whether each query and key head passes through an RMS norm before it is rotated.
    public var normalizesHeads: Bool
    /// The projections that add a bias.
    public var biases: Biases

    /// Projections of a block.
    public struct Biases: OptionSet, Sendable, Hashable {
        /// One bit for each.
        public let rawValue: Int

        /// The projections of these bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Queries, keys and values.
        public static let queryKeyValue = Biases(rawValue: 1)
        /// What attention puts into the residual stream.
        public static let attentionOutput = Biases(rawValue: 2)
        /// Gate, up and down projections of the feed-forward block.
        public static let feedForward = Biases(rawValue: 4)
    }

    /// An architecture of these sizes.
    public init(
        vocabulary: Int, width: Int, feedForward: Int, layers: Int, heads: Int, keyHeads: Int, headWidth: Int, normEpsilon: Float = 1e-6,
        rotaryTheta: Double = 10_000, rotaryScaling: RotaryScaling = .none, contextLength: Int, tiesHead: Bool = true,
        normalizesHeads: Bool = true, biases: Biases = []
    ) {
        self.vocabulary = vocabulary
        self.width = width
        self.feedForward = feedForward
        self.layers = layers
        self.heads = heads
        self.keyHeads = keyHeads
        self.headWidth = headWidth
        self.normEpsilon = normEpsilon
        self.rotaryTheta = rotaryTheta
        self.rotaryScaling = rotaryScaling
        self.contextLength = contextLength
        self.tiesHead = tiesHead
        self.normalizesHeads = normalizesHeads
        self.biases = biases
    }

    /// H·D.
    var queryWidth: Int { heads * headWidth }
    /// K·D.
    var keyWidth: Int { keyHeads * headWidth }

    /// Floats that a forward pass keeps of each token for the backward pass: of each block its input, fused projections, attention, gates
    /// and gated values; the rest is computed again.
    var activationsPerToken: Int { layers * (2 * width + 2 * queryWidth + 2 * keyWidth + 3 * feedForward) + 2 * width }
}
