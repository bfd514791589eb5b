import LanguageModel
import Randomness
import Testing

@Suite("ShardPlan")
struct ShardPlanTests {
    private static let lengths: [[Int]] = [
        [], [5], [1, 1], Array(repeating: 7, count: 8), [100, 1, 1, 1], Array(1...50), [0, 0, 3],
        (0..<300).map { 1 + $0 * $0 * 37 % 191 },
    ]

    @Test("holds each sequence once, in at most as many shards as allowed", arguments: lengths, [1, 2, 8])
    func partition(lengths: [Int], limit: Int) {
        let plan = ShardPlan(lengths: lengths, limit: limit)
        #expect(plan.shards.joined().sorted() == Array(lengths.indices))
        #expect(plan.shards.count == min(limit, lengths.count) || lengths.contains(0))
        #expect(plan.shards.allSatisfy { !$0.isEmpty })
    }

    @Test("no shard is ahead of another by more than the longest sequence it could have given away", arguments: lengths, [2, 8])
    func balance(lengths: [Int], limit: Int) {
        let plan = ShardPlan(lengths: lengths, limit: limit)
        let loads = plan.shards.map { $0.reduce(0) { $0 + lengths[$1] } }
        for (shard, load) in zip(plan.shards, loads) {
            let shortest = shard.map { lengths[$0] }.min() ?? 0
            // Greedy: when the last (shortest) sequence came, this shard was the least loaded.
            #expect(load - shortest <= loads.min() ?? 0)
        }
    }

    @Test("is a function of the lengths")
    func pure() {
        let lengths = Self.lengths[7]
        #expect(ShardPlan(lengths: lengths, limit: 8).shards == ShardPlan(lengths: lengths, limit: 8).shards)
    }
}
