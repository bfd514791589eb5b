import Testing

@testable import LanguageModel

@Suite("WordMerger")
struct WordMergerTests {
    @Test("scan and heap give the same tokens", arguments: [1, 2, 3, 7, 40, 200])
    func scanEqualsHeap(length: Int) {
        var table = MergeTable(count: 60)
        var state: UInt32 = 17
        func random(_ count: Int32) -> Int32 {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int32(state >> 8) % count
        }
        for rank in 0..<60 { table.insert(random(Int32(4 + rank)), random(Int32(4 + rank)), rank: rank, joined: Int32(4 + rank)) }
        for _ in 0..<200 {
            let symbols = (0..<length).map { _ in random(4) }
            var scanned = symbols
            var queued = symbols
            WordMerger.mergeByScan(&scanned, by: table)
            WordMerger.mergeByHeap(&queued, by: table)
            #expect(scanned == queued)
        }
    }

    @Test("of equal merges the leftmost is first")
    func leftmost() {
        var table = MergeTable(count: 1)
        table.insert(0, 0, rank: 0, joined: 1)
        var symbols: [Int32] = [0, 0, 0]
        WordMerger.merge(&symbols, by: table)
        #expect(symbols == [1, 0])
    }

    @Test("the heap takes elements in order")
    func heap() {
        var heap = BinaryHeap<Int>()
        for value in [5, 3, 9, 1, 3, 7, 0] { heap.push(value) }
        var taken: [Int] = []
        while let least = heap.popLeast() { taken.append(least) }
        #expect(taken == [0, 1, 3, 3, 5, 7, 9])
    }
}
