import Tensors

extension Transformer {
    /// Floats of keys and values that the rows of a core may hold.
    private static let cacheLimit = 1 << 25

    /// How many sequences of at most so many positions a core continues together.
    ///
    /// A step reads all weights once and every row's keys and values: so many rows that the latter are the larger part, but not so many
    /// that they leave the caches without need. At least 8, even where their keys and values pass `cacheLimit`: fewer would read all
    /// weights for each token.
    public func rowsTogether(capacity: Int) -> Int {
        let a = architecture
        let slot = AttentionCache.slotSize(layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: capacity)
        let balanced = 2 * parameters.count / max(slot, 1)
        return max(8, min(max(32, min(balanced, 96)), Self.cacheLimit / max(slot, 1)))
    }

    /// The bytes that the keys and values of a sequence of so many positions take.
    public func cacheBytes(ofRow capacity: Int) -> Int {
        let a = architecture
        let floats = AttentionCache.slotSize(layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: capacity)
        return floats * MemoryLayout<Float>.size
    }
}
