import Tensors

/// The passes through a model that fill the slots of a cache with prompts, and that continue them by a token each.
struct SlottedPasses {
    private let transformer: Transformer
    private let adapter: LowRankAdapter?
    private let pool: BufferPool
    private let cache: AttentionCache

    /// Passes over a cache of its own: so many sequences of at most `capacity` positions.
    init(_ transformer: Transformer, adapter: LowRankAdapter?, slots: Int, capacity: Int, pool: BufferPool) {
        self.transformer = transformer
        self.adapter = adapter
        self.pool = pool
        let a = transformer.architecture
        cache = AttentionCache(
            slots: slots, layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: capacity, pool: pool)
    }

    /// How many sequences the cache holds.
    var slots: Int { cache.slots }

    /// Each prompt passes through the model once; its keys and values go to all of its slots.
    func read(_ prompts: [(tokens: [Int32], slots: [Int])]) -> PromptReading {
        let packed = PackedSequences(lengths: prompts.map(\.tokens.count))
        let tape = Tape(recording: false, pool: pool)
        let headWidth = transformer.architecture.headWidth
        let hidden = transformer.hiddenStates(
            tape, tokens: prompts.flatMap(\.tokens), positions: packed.positions, adapter: adapter
        ) { layer, queries, keys, values in
            for (prompt, rows) in zip(prompts, packed.ranges) {
                for slot in prompt.slots { cache.store(keys: keys, values: values, rows: rows, layer: layer, slot: slot, start: 0) }
            }
            return tape.attention(q: queries.allColumns, k: keys.allColumns, v: values, headWidth: headWidth, sequences: packed)
        }
        return PromptReading(transformer: transformer, adapter: adapter, tape: tape, hidden: hidden, ranges: packed.ranges)
    }

    /// Takes one token for each of some slots, at its position there; returns the logits [n, V] of what follows.
    func advance(_ tokens: [Int32], at positions: [Int32], slots: [Int]) -> Tensor {
        let tape = Tape(recording: false, pool: pool)
        let headWidth = transformer.architecture.headWidth
        let hidden = transformer.hiddenStates(
            tape, tokens: tokens, positions: positions, adapter: adapter
        ) { layer, queries, keys, values in
            tape.cachedAttention(
                q: queries, k: keys, v: values, headWidth: headWidth, cache: cache, layer: layer, slots: slots, positions: positions)
        }
        return transformer.logits(tape, hidden, adapter: adapter)
    }
}

/// What came of prompts that passed through a model.
struct PromptReading {
    fileprivate let transformer: Transformer
    fileprivate let adapter: LowRankAdapter?
    fileprivate let tape: Tape
    /// [T, C], all prompts end to end.
    fileprivate let hidden: Tensor
    /// The rows of each prompt.
    fileprivate let ranges: [Range<Int>]

    /// The logits [n, V] of what follows each of the prompts.
    func logitsOfNext() -> Tensor { logits(ranges.map { $0.upperBound - 1 }) }

    /// The logits [n, V] at some positions of one prompt.
    func logits(ofPrompt prompt: Int, at positions: Range<Int>) -> Tensor { logits(positions.map { ranges[prompt].lowerBound + $0 }) }

    private func logits(_ rows: [Int]) -> Tensor { transformer.logits(tape, tape.rows(rows, of: hidden), adapter: adapter) }
}
