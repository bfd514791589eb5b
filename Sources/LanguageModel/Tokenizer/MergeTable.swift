/// The merges of a tokenizer: which pair of tokens joins to which, and in what order.
///
/// A hash table with open addressing.
struct MergeTable: Sendable {
    /// The rank in the upper half, the joined token in the lower: comparing two compares their ranks.
    typealias Merge = UInt64
    /// What `subscript` answers for a pair that does not join; later than every merge.
    static let none: Merge = .max

    private var keys: [UInt64]
    private var merges: [Merge]
    private let shift: UInt64
    private static let empty: UInt64 = .max  // the pair (-1, -1), which no tokenizer has

    /// A table with room for `count` merges, at most half full.
    init(count: Int) {
        let bits = max(4, Int.bitWidth - (2 * count).leadingZeroBitCount)
        keys = Array(repeating: Self.empty, count: 1 << bits)
        merges = Array(repeating: Self.none, count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    /// Two token ids as one number; it orders as the pairs do.
    @inline(__always)
    static func pack(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    static func unpack(_ pair: UInt64) -> (left: Int32, right: Int32) {
        (Int32(truncatingIfNeeded: pair >> 32), Int32(truncatingIfNeeded: pair))
    }

    @inline(__always)
    private func slot(of pair: UInt64) -> Int {
        var slot = Int((pair &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while keys[slot] != pair, keys[slot] != Self.empty { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    /// The merge of two neighbours, or `none`.
    @inline(__always)
    subscript(_ left: Int32, _ right: Int32) -> Merge {
        merges[slot(of: Self.pack(left, right))]
    }

    /// Adds a merge; of two with the same pair the later one counts, as in the reference library.
    mutating func insert(_ left: Int32, _ right: Int32, rank: Int, joined: Int32) {
        let slot = slot(of: Self.pack(left, right))
        keys[slot] = Self.pack(left, right)
        merges[slot] = Self.pack(Int32(rank), joined)
    }
}
