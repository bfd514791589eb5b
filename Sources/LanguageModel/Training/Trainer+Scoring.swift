import Synchronization
import Tensors

extension Trainer {
    /// Without a backward pass to keep them for, sequences can go through in small groups that stay in cache.
    static let tokensTogether = 1024

    /// The logprob of each target, nats, under the model's own distribution.
    ///
    /// Continuations of one long context, such as the labels of a probe, share its pass through the model wherever a row's bits do not
    /// depend on its batch.
    public func logprobs(_ sequences: [ScoringSequence]) -> [[Float]] {
        let results = Mutex(sequences.map { [Float](repeating: 0, count: $0.targets.count) })
        transformer.prepare(cores: cores, forBackward: false)
        var alone = Array(sequences.indices)
        if MatrixProduct.usesKernels {
            let split = ContextBranches.split(sequences)
            alone = split.alone
            score(split.together, of: sequences, into: results)
        }
        score(alone, of: sequences, into: results)
        return results.withLock { $0 }
    }

    /// Sequences one by one.
    private func score(_ members: [Int], of sequences: [ScoringSequence], into results: borrowing Mutex<[[Float]]>) {
        let plan = ShardPlan(lengths: members.map { sequences[$0].count }, limit: Self.shards)
        cores.forEach(plan.shards.count) { shard in
            let own = plan.shards[shard].map { members[$0] }
            pools.lending { pool in
                for group in Self.groups(own, tokens: Self.tokensTogether, count: { sequences[$0].count }) {
                    let tape = Tape(recording: false, pool: pool)
                    let values = forward(tape, group.map { sequences[$0] }).values
                    Self.scatter(values, over: group, of: sequences, into: results)
                }
            }
        }
    }

    /// Continuations of shared contexts.
    private func score(_ branches: [ContextBranches], of sequences: [ScoringSequence], into results: borrowing Mutex<[[Float]]>) {
        let plan = ShardPlan(lengths: branches.map(\.context.count), limit: Self.shards)
        cores.forEach(plan.shards.count) { shard in
            var scored: [(logprob: Float, place: (member: Int, offset: Int))] = []
            pools.lending { pool in
                let scorer = BranchScorer(transformer: transformer, adapter: adapter, pool: pool)
                scorer.score(plan.shards[shard].map { branches[$0] }, of: sequences) { scored.append(($0, $1)) }
            }
            results.withLock { results in
                for (logprob, place) in scored { results[place.member][place.offset] = logprob }
            }
        }
    }

    static func scatter(
        _ values: [Float], over indices: [Int], of sequences: [ScoringSequence], into results: borrowing Mutex<[[Float]]>
    ) {
        var start = 0
        for index in indices {
            let count = sequences[index].targets.count
            results.withLock { $0[index] = Array(values[start..<start + count]) }
            start += count
        }
    }

    /// Items in order, cut where a group would pass so many tokens; an item may pass them alone.
    static func groups(_ items: [Int], tokens: Int, count: (Int) -> Int) -> [[Int]] {
        var groups: [[Int]] = []
        var load = 0
        for item in items {
            if groups.isEmpty || load + count(item) > tokens {
                groups.append([])
                load = 0
            }
            groups[groups.count - 1].append(item)
            load += count(item)
        }
        return groups
    }
}
