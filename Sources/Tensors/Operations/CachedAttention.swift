import CKernels

/// Keys and values of sequences that are being continued, one slot for each.
///
/// Keys lie in panels of 32 positions, [layer][key head][capacity/32][D][32], values as [layer][key head][capacity][D]: what one head
/// of one row reads is contiguous. A cache belongs to one sampling shard.
package final class AttentionCache {
    /// How many sequences it holds.
    package let slots: Int
    /// The most positions of each.
    package let capacity: Int
    private let keyHeads: Int
    private let headWidth: Int
    let keys: Storage
    let values: Storage
    private let layerSize: Int
    private let slotSize: Int

    /// Floats that one slot takes for keys and values together.
    package static func slotSize(layers: Int, keyHeads: Int, headWidth: Int, capacity: Int) -> Int {
        2 * layers * keyHeads * headWidth * paneled(capacity)
    }

    /// An empty cache.
    package init(slots: Int, layers: Int, keyHeads: Int, headWidth: Int, capacity: Int, pool: BufferPool) {
        self.slots = slots
        self.capacity = Self.paneled(capacity)
        self.keyHeads = keyHeads
        self.headWidth = headWidth
        layerSize = keyHeads * headWidth * self.capacity
        slotSize = layers * layerSize
        keys = pool.storage(slots * slotSize)
        values = pool.storage(slots * slotSize)
    }

    /// Takes over `rows` of one layer's keys and values as the positions of a slot from `start` on.
    package func store(keys k: Tensor, values v: Columns, rows: Range<Int>, layer: Int, slot: Int, start: Int) {
        precondition(start >= 0 && start + rows.count <= capacity && slot < slots, "\(rows.count) positions at \(start) of slot \(slot)")
        let width = keyHeads * headWidth
        for head in 0..<keyHeads {
            let base = base(layer: layer, slot: slot) + head * headWidth * capacity
            unsafe ck_store_keys(
                rows.count, headWidth, k.base + rows.lowerBound * width + head * headWidth, width, keys.base + base, start)
            for (i, row) in rows.enumerated() {
                unsafe (values.base + base + (start + i) * headWidth).update(
                    from: v.base + row * v.stride + head * headWidth, count: headWidth)
            }
        }
    }

    /// Where a slot's keys and values of one layer begin.
    func base(layer: Int, slot: Int) -> Int { slot * slotSize + layer * layerSize }

    private static func paneled(_ capacity: Int) -> Int { (capacity + 31) & ~31 }
}

extension Tape {
    /// Attention of one new position for each row: row `r` continues slot `slots[r]` at position `positions[r]`, to which its key and
    /// value are added first.
    ///
    /// Computes what `attention` computes for that row, by the same kernel. Not differentiable.
    package func cachedAttention(
        q: Tensor, k: Tensor, v: Columns, headWidth D: Int, cache: AttentionCache, layer: Int, slots: [Int], positions: [Int32]
    ) -> Tensor {
        precondition(!isRecording, "cached attention has no backward pass")
        precondition(slots.count == q.rows && positions.count == q.rows, "\(slots.count) slots for \(q.rows) rows")
        precondition(
            slots.allSatisfy { (0..<cache.slots).contains($0) } && positions.allSatisfy { (0..<Int32(cache.capacity)).contains($0) },
            "a slot or position is outside the cache")
        let keyHeads = k.width / D
        let y = make([q.rows, q.width], requiresGradient: false)
        let scratch = pool.storage(ck_attend_scratch(cache.capacity))
        unsafe ck_attend_cached(
            q.rows, keyHeads, q.width / k.width, D, q.base, k.base, v.base, v.stride, cache.keys.base, cache.values.base,
            slots.map { cache.base(layer: layer, slot: $0) }, cache.capacity, positions, 1 / Float(D).squareRoot(), y.base, scratch.base)
        withExtendedLifetime((scratch, cache)) {}
        return y
    }
}
