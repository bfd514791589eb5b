/// A context and the tokens after it whose logprobs are wanted.
public struct ScoringSequence: Sendable, Hashable {
    /// Not scored; at least one token.
    public let context: [Int32]
    /// Scored, each after all before it.
    public let targets: [Int32]

    /// A context and its continuation.
    public init(context: [Int32], targets: [Int32]) {
        self.context = context
        self.targets = targets
    }

    var count: Int { context.count + targets.count }
}

/// Sequences cut into shards of about equal token counts.
///
/// The cut is a function of the lengths alone.
package struct ShardPlan {
    /// Indices of the sequences of each shard.
    package let shards: [[Int]]

    /// At most `limit` shards: longest first, each to the shard with the fewest tokens so far, the first on a tie.
    package init(lengths: [Int], limit: Int) {
        var shards: [[Int]] = Array(repeating: [], count: max(1, min(limit, lengths.count)))
        var loads = Array(repeating: 0, count: shards.count)
        for index in lengths.indices.sorted(by: { (lengths[$0], $1) > (lengths[$1], $0) }) {
            let shard = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
            shards[shard].append(index)
            loads[shard] += lengths[index]
        }
        self.shards = shards.filter { !$0.isEmpty }
    }
}
