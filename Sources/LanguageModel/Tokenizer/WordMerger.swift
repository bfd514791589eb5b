/// Applies merges inside one word: always the one of lowest rank, the leftmost of equals, until none is left.
enum WordMerger {
    /// Up to this many symbols a scan is faster than a heap.
    static let shortWord = 48

    static func merge(_ symbols: inout [Int32], by table: MergeTable) {
        symbols.count <= shortWord ? mergeByScan(&symbols, by: table) : mergeByHeap(&symbols, by: table)
    }

    /// Quadratic in the length.
    static func mergeByScan(_ symbols: inout [Int32], by table: MergeTable) {
        guard symbols.count > 1 else { return }
        var merges = (1..<symbols.count).map { table[symbols[$0 - 1], symbols[$0]] }
        while true {
            var best = MergeTable.none
            var at = 0
            for (index, merge) in merges.enumerated() where merge < best { (best, at) = (merge, index) }
            guard best != MergeTable.none else { return }
            symbols[at] = Int32(truncatingIfNeeded: best)
            symbols.remove(at: at + 1)
            merges.remove(at: at)
            if at > 0 { merges[at - 1] = table[symbols[at - 1], symbols[at]] }
            if at < merges.count { merges[at] = table[symbols[at], symbols[at + 1]] }
        }
    }

    /// n log n in the length: for long runs of one character, as in tables and rulers.
    static func mergeByHeap(_ symbols: inout [Int32], by table: MergeTable) {
        let count = symbols.count
        var next = Array(1...count)
        var previous = Array(-1..<(count - 1))
        var isAlive = Array(repeating: true, count: count)
        var queue = BinaryHeap<UInt64>()  // rank above, position below
        func candidate(_ left: Int) -> UInt64? {
            guard left >= 0, next[left] < count else { return nil }
            let merge = table[symbols[left], symbols[next[left]]]
            return merge == MergeTable.none ? nil : merge & ~0xFFFF_FFFF | UInt64(left)
        }
        for index in 0..<count { if let entry = candidate(index) { queue.push(entry) } }
        while let entry = queue.popLeast() {
            let left = Int(entry & 0xFFFF_FFFF)
            // An entry is stale when either side has been merged since; then the pair's rank is another, or there is no pair.
            guard isAlive[left], candidate(left) == entry else { continue }
            let right = next[left]
            symbols[left] = Int32(truncatingIfNeeded: table[symbols[left], symbols[right]])
            isAlive[right] = false
            next[left] = next[right]
            if next[left] < count { previous[next[left]] = left }
            for neighbour in [previous[left], left] { if let entry = candidate(neighbour) { queue.push(entry) } }
        }
        symbols = zip(symbols, isAlive).compactMap { $1 ? $0 : nil }
    }
}
