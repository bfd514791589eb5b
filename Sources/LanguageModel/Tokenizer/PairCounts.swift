/// How often each pair of neighbouring tokens occurs in the words of a corpus, kept up to date while pairs are joined.
struct PairCounts {
    /// A pair and its count when it was queued; the least is the one to join next.
    private struct Candidate: Comparable {
        let count: Int
        let pair: UInt64

        static func < (a: Candidate, b: Candidate) -> Bool {
            a.count != b.count ? a.count > b.count : a.pair < b.pair
        }
    }

    private var words: [(symbols: [Int32], count: Int)] = []
    private var counts: [UInt64: Int] = [:]
    private var wordsWithPair: [UInt64: [Int32]] = [:]
    private var queue = BinaryHeap<Candidate>()

    init(words: [[UInt8]: Int], tokenOfByte: [Int32]) {
        for (bytes, count) in words where bytes.count > 1 {
            let number = Int32(self.words.count)
            let symbols = bytes.map { tokenOfByte[Int($0)] }
            self.words.append((symbols, count))
            Self.forEachPair(in: symbols) { pair in
                counts[pair, default: 0] += count
                Self.note(number, in: &wordsWithPair[pair, default: []])
            }
        }
        for (pair, count) in counts { queue.push(Candidate(count: count, pair: pair)) }
    }

    /// The pair that occurs most often, of equals the one with the lowest ids; `nil` where no word has two tokens left.
    mutating func mostFrequent() -> UInt64? {
        while let candidate = queue.popLeast() {
            let count = counts[candidate.pair] ?? 0
            if count == candidate.count { return candidate.pair }
            // Counts fall while a pair waits: put it back where it belongs now. Where they rise it is queued again at once.
            if count > 0, count < candidate.count { queue.push(Candidate(count: count, pair: candidate.pair)) }
        }
        return nil
    }

    /// Replaces the pair by one token in all words, from left to right.
    mutating func join(_ pair: UInt64, to joined: Int32) {
        var changes: [UInt64: Int] = [:]
        for number in wordsWithPair.removeValue(forKey: pair) ?? [] {
            let (old, count) = words[Int(number)]
            let new = Self.joining(pair, to: joined, in: old)
            guard new.count < old.count else { continue }
            Self.forEachPair(in: old) { changes[$0, default: 0] -= count }
            Self.forEachPair(in: new) { pair in
                changes[pair, default: 0] += count
                Self.note(number, in: &wordsWithPair[pair, default: []])
            }
            words[Int(number)].symbols = new
        }
        for (pair, change) in changes where change != 0 {
            let count = counts[pair, default: 0] + change
            counts[pair] = count > 0 ? count : nil
            if change > 0 { queue.push(Candidate(count: count, pair: pair)) }
        }
    }

    private static func joining(_ pair: UInt64, to joined: Int32, in symbols: [Int32]) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(symbols.count)
        var index = 0
        while index < symbols.count {
            if index + 1 < symbols.count, MergeTable.pack(symbols[index], symbols[index + 1]) == pair {
                result.append(joined)
                index += 2
            } else {
                result.append(symbols[index])
                index += 1
            }
        }
        return result
    }

    private static func note(_ number: Int32, in list: inout [Int32]) {
        if list.last != number { list.append(number) }
    }

    private static func forEachPair(in symbols: [Int32], _ body: (UInt64) -> Void) {
        for index in symbols.indices.dropFirst() { body(MergeTable.pack(symbols[index - 1], symbols[index])) }
    }
}
