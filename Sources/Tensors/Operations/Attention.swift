import CKernels

/// Sequences of different lengths laid end to end: no padding is computed.
public struct PackedSequences: Sendable, Hashable {
    /// The rows of each sequence, in order, without gaps.
    public let ranges: [Range<Int>]
    /// The position of each row within its sequence.
    public let positions: [Int32]

    /// Sequences of these lengths.
    public init(lengths: [Int]) {
        var ranges: [Range<Int>] = []
        var positions: [Int32] = []
        for length in lengths {
            ranges.append(positions.count..<positions.count + length)
            positions.append(contentsOf: 0..<Int32(length))
        }
        self.ranges = ranges
        self.positions = positions
    }

    /// Rows in all.
    public var rows: Int { positions.count }
}

extension Tape {
    /// Causal grouped-query attention within each packed sequence (arXiv:2305.13245).
    ///
    /// `q`: [T, H·D]; `k`, `v`: columns of [T, …], K·D wide; each key head serves H/K query heads; returns [T, H·D].
    public func attention(q: Columns, k: Columns, v: Columns, headWidth D: Int, sequences: PackedSequences) -> Tensor {
        let T = q.tensor.rows, keyHeads = k.width / D, group = q.width / k.width
        precondition(q.width % D == 0 && k.width % D == 0 && k.width == v.width && q.width % k.width == 0, "heads do not divide")
        precondition(sequences.rows == T && k.tensor.rows == T && v.tensor.rows == T, "\(sequences.rows) packed rows for \(T)")
        let y = make(
            [T, q.width],
            requiresGradient: q.tensor.requiresGradient || k.tensor.requiresGradient || v.tensor.requiresGradient)
        let scale = 1 / Float(D).squareRoot()
        let longest = sequences.ranges.map(\.count).max() ?? 0
        let keys = pool.storage(ck_packed_size(D, longest))
        let scratch = pool.storage(ck_attend_scratch(longest))
        // [H][T]: what the backward pass needs to know of the softmax.
        let logsumexps = pool.storage(keyHeads * group * T)
        for rows in sequences.ranges where !rows.isEmpty {
            let first = rows.lowerBound
            for head in 0..<keyHeads {
                unsafe ck_pack(k.base + first * k.stride + head * D, k.stride, D, rows.count, 1, keys.base)
                for member in head * group..<(head + 1) * group {
                    unsafe ck_attend(
                        rows.count, 1, 1, D, q.base + first * q.stride + member * D, q.stride, keys.base,
                        v.base + first * v.stride + head * D, v.stride, scale, y.base + first * q.width + member * D, q.width,
                        logsumexps.base + member * T + first, scratch.base)
                }
            }
        }
        withExtendedLifetime((keys, scratch)) {}
        unsafe record(y) { [self] dy in
            let scratch = pool.storage(ck_attend_backward_scratch(longest, D))
            let dQ = gradient(of: q, beside: k, v), dK = gradient(of: k, beside: q, v), dV = gradient(of: v, beside: q, k)
            let dq = unsafe dQ.base + q.start, dk = unsafe dK.base + k.start, dv = unsafe dV.base + v.start
            for rows in sequences.ranges where !rows.isEmpty {
                let first = rows.lowerBound
                for head in 0..<keyHeads {
                    let heads = head * group * D
                    unsafe ck_attend_backward(
                        rows.count, group, D, q.base + first * q.stride + heads, k.base + first * k.stride + head * D,
                        v.base + first * v.stride + head * D, y.base + first * q.width + heads, dy + first * q.width + heads, q.stride,
                        k.stride, v.stride, q.width, scale, logsumexps.base + head * group * T + first, T, dQ.isFresh ? 0 : 1,
                        dK.isFresh ? 0 : 1, dV.isFresh ? 0 : 1, dq + first * q.stride + heads, dk + first * k.stride + head * D,
                        dv + first * v.stride + head * D, q.stride, k.stride, v.stride, scratch.base)
                }
            }
            withExtendedLifetime((scratch, dQ, dK, dV)) {}
        }
        withExtendedLifetime(logsumexps) {}
        return y
    }

    /// Where the gradient of columns goes: fresh only where they are a whole tensor of their own; thrown away where nobody wants it.
    private func gradient(of columns: Columns, beside others: Columns...) -> GradientSlot {
        guard wantsGradient(columns.tensor) else {
            return GradientSlot(storage: pool.storage(columns.tensor.count), offset: 0, count: columns.tensor.count, isFresh: true)
        }
        let slot = gradient(of: columns.tensor)
        let isShared = columns.width < columns.tensor.width || others.contains { $0.tensor === columns.tensor }
        return isShared ? slot.zeroed() : slot
    }
}
