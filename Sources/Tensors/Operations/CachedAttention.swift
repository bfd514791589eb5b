import CKernels

/// Keys and values of sequences that are being continued, one slot for each.
///
/// Keys lie transposed, [layer][key head][D][capacity], so that sixteen positions are scored at once; values lie as
/// [layer][capacity][K·D]. A cache belongs to one sampling shard.
package final class AttentionCache {
    /// How many sequences it holds.
    package let slots: Int
    /// The most positions of each.
    package let capacity: Int
    private let keyHeads: Int
    private let headWidth: Int
    private let keys: Storage
    private let values: Storage
    private let layerSize: Int
    private let slotSize: Int

    /// Floats that one slot takes for keys and values together.
    package static func slotSize(layers: Int, keyHeads: Int, headWidth: Int, capacity: Int) -> Int {
        2 * layers * keyHeads * headWidth * ((capacity + 15) & ~15)
    }

    /// An empty cache.
    package init(slots: Int, layers: Int, keyHeads: Int, headWidth: Int, capacity: Int, pool: BufferPool) {
        self.slots = slots
        self.capacity = (capacity + 15) & ~15
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
            unsafe ck_transpose_into(
                rows.count, headWidth, k.base + rows.lowerBound * width + head * headWidth, width,
                keyBase(layer: layer, slot: slot, head: head), capacity, start)
        }
        let target = unsafe valueBase(layer: layer, slot: slot) + start * width
        for (i, row) in rows.enumerated() {
            unsafe (target + i * width).update(from: v.base + row * v.stride, count: width)
        }
    }

    func keyBase(layer: Int, slot: Int, head: Int) -> UnsafeMutablePointer<Float> {
        unsafe keys.base + slot * slotSize + layer * layerSize + head * headWidth * capacity
    }

    func valueBase(layer: Int, slot: Int) -> UnsafeMutablePointer<Float> {
        unsafe values.base + slot * slotSize + layer * layerSize
    }
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
        let keyHeads = k.width / D, group = q.width / k.width
        let y = make([q.rows, q.width], requiresGradient: false)
        let scratch = pool.storage(group * cache.capacity)
        let scale = 1 / Float(D).squareRoot()
        for row in 0..<q.rows {
            let position = Int(positions[row])
            cache.store(keys: k, values: v, rows: row..<row + 1, layer: layer, slot: slots[row], start: position)
            for head in 0..<keyHeads {
                unsafe ck_attend(
                    position + 1, group, D, q.base + row * q.width + head * group * D,
                    cache.keyBase(layer: layer, slot: slots[row], head: head), cache.capacity,
                    cache.valueBase(layer: layer, slot: slots[row]) + head * D, keyHeads * D, scale,
                    y.base + row * q.width + head * group * D, scratch.base)
            }
        }
        withExtendedLifetime(scratch) {}
        return y
    }
}
