/// The sizes of a Qwen3-style decoder: RMS norms, rotary positions, grouped-query attention with normalised heads, SwiGLU.
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
    /// The most positions a sequence may have.
    public var contextLength: Int
    /// Whether the head is the embedding table.
    public var tiesHead: Bool

    /// An architecture of these sizes.
    public init(
        vocabulary: Int, width: Int, feedForward: Int, layers: Int, heads: Int, keyHeads: Int, headWidth: Int, normEpsilon: Float = 1e-6,
        rotaryTheta: Double = 10_000, contextLength: Int, tiesHead: Bool = true
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
        self.contextLength = contextLength
        self.tiesHead = tiesHead
    }

    /// H·D.
    var queryWidth: Int { heads * headWidth }
    /// K·D.
    var keyWidth: Int { keyHeads * headWidth }
}
