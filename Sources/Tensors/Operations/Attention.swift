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
        let capacity = (longest + 15) & ~15
        let keys = pool.zeros(D * capacity)
        let scratch = pool.storage(group * capacity)
        for rows in sequences.ranges {
            for head in 0..<keyHeads {
                unsafe ck_transpose_into(
                    rows.count, D, k.base + rows.lowerBound * k.stride + head * D, k.stride, keys.base, capacity, 0)
                let values = unsafe v.base + rows.lowerBound * v.stride + head * D
                for row in rows {
                    unsafe ck_attend(
                        row - rows.lowerBound + 1, group, D, q.base + row * q.stride + head * group * D, keys.base, capacity, values,
                        v.stride, scale, y.base + row * q.width + head * group * D, scratch.base)
                }
            }
        }
        withExtendedLifetime((keys, scratch)) {}
        unsafe record(y) { [self] dy in
            let scratch = pool.storage((2 * D + 2) * capacity)
            // The kernel writes all three; what nobody wants goes to memory that is thrown away.
            let unwanted = [q, k, v].map { wantsGradient($0.tensor) ? nil : pool.storage($0.tensor.count) }
            let dq = unsafe (unwanted[0]?.base ?? zeroedGradient(of: q.tensor)) + q.start
            let dk = unsafe (unwanted[1]?.base ?? zeroedGradient(of: k.tensor)) + k.start
            let dv = unsafe (unwanted[2]?.base ?? zeroedGradient(of: v.tensor)) + v.start
            for rows in sequences.ranges {
                for head in 0..<keyHeads {
                    let first = rows.lowerBound, heads = head * group * D
                    unsafe ck_attend_backward(
                        rows.count, group, D, q.base + first * q.stride + heads, k.base + first * k.stride + head * D,
                        v.base + first * v.stride + head * D, y.base + first * q.width + heads, dy + first * q.width + heads, q.stride,
                        k.stride, v.stride, q.width, scale, dq + first * q.stride + heads, dk + first * k.stride + head * D,
                        dv + first * v.stride + head * D, q.stride, k.stride, v.stride, scratch.base)
                }
            }
            withExtendedLifetime((scratch, unwanted)) {}
        }
        return y
    }
}
