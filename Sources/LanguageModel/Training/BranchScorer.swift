import Tensors

/// Continuations that share a context: the labels of a probe.
struct ContextBranches {
    /// At least one token.
    let context: [Int32]
    /// Where each continuation stands in the batch.
    let members: [Int]

    /// Continuations that are best scored together, and the rest of the batch.
    ///
    /// Together costs one pass of the context and one step of the cache for each further token; a step takes about twice the time that a
    /// token takes in a whole sequence. The cut is a function of the batch alone.
    static func split(_ sequences: [ScoringSequence]) -> (together: [ContextBranches], alone: [Int]) {
        var members: [[Int32]: [Int]] = [:]
        for (index, sequence) in sequences.enumerated() { members[sequence.context, default: []].append(index) }
        let together = members.filter { context, members in
            (members.count - 1) * context.count > 2 * members.reduce(0) { $0 + max(0, sequences[$1].targets.count - 1) }
        }
        .map { ContextBranches(context: $0.key, members: $0.value) }
        .sorted { $0.members[0] < $1.members[0] }
        let taken = Set(together.flatMap(\.members))
        return (together, sequences.indices.filter { !taken.contains($0) })
    }
}

/// Scores several continuations of one context, for many contexts at a time: each context passes through the model once.
///
/// A context's keys and values stay in its slot of a cache. Its continuations follow one another there, each in the place of the one
/// before it. On machines with our product kernels a logprob is bit for bit that of the whole sequence.
struct BranchScorer {
    let transformer: Transformer
    let adapter: LowRankAdapter?
    let pool: BufferPool

    /// A token to be read in a slot, and the one after it to be scored.
    private struct Step {
        let token: Int32
        let position: Int
        let target: Int32
        let place: (member: Int, offset: Int)
    }

    /// What is told of each logprob: whose it is and at which place there.
    typealias Recording = (_ logprob: Float, _ place: (member: Int, offset: Int)) -> Void

    /// The logprob of each target of the members of some contexts.
    func score(_ groups: [ContextBranches], of sequences: [ScoringSequence], record: Recording) {
        let a = transformer.architecture
        let longest = groups.flatMap(\.members).map { sequences[$0].count }.max() ?? 0
        let rows = transformer.rowsTogether(capacity: longest)
        for start in stride(from: 0, to: groups.count, by: rows) {
            let held = Array(groups[start..<min(start + rows, groups.count)])
            let cache = AttentionCache(
                slots: held.count, layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: longest, pool: pool)
            // Reading goes in small groups that stay in cache, continuing in wide rows that share the weights.
            for slots in Trainer.groups(Array(held.indices), tokens: Trainer.tokensTogether, count: { held[$0].context.count }) {
                read(held, slots: slots, into: cache, of: sequences, record: record)
            }
            follow(held, in: cache, of: sequences, record: record)
        }
    }

    /// Contexts through the model, their keys and values to their slots; the first token of each continuation is scored.
    private func read(
        _ groups: [ContextBranches], slots: [Int], into cache: AttentionCache, of sequences: [ScoringSequence], record: Recording
    ) {
        let packed = PackedSequences(lengths: slots.map { groups[$0].context.count })
        let tape = Tape(recording: false, pool: pool)
        let hidden = transformer.hiddenStates(
            tape, tokens: slots.flatMap { groups[$0].context }, positions: packed.positions, adapter: adapter
        ) { layer, queries, keys, values in
            for (slot, rows) in zip(slots, packed.ranges) {
                cache.store(keys: keys, values: values, rows: rows, layer: layer, slot: slot, start: 0)
            }
            return tape.attention(
                q: queries.allColumns, k: keys.allColumns, v: values, headWidth: transformer.architecture.headWidth, sequences: packed)
        }
        var (rows, targets, members): ([Int], [Int32], [Int]) = ([], [], [])
        for (slot, range) in zip(slots, packed.ranges) {
            for member in groups[slot].members {
                guard let first = sequences[member].targets.first else { continue }
                rows.append(range.upperBound - 1)
                targets.append(first)
                members.append(member)
            }
        }
        for (member, value) in zip(members, logprobs(tape, hidden, rows: rows, targets: targets)) { record(value, (member, 0)) }
    }

    /// The further tokens of the continuations, of each slot one at a time.
    private func follow(_ groups: [ContextBranches], in cache: AttentionCache, of sequences: [ScoringSequence], record: Recording) {
        let steps = groups.map { group in
            group.members.flatMap { member in
                let targets = sequences[member].targets
                return targets.indices.dropLast().map {
                    Step(token: targets[$0], position: group.context.count + $0, target: targets[$0 + 1], place: (member, $0 + 1))
                }
            }
        }
        let headWidth = transformer.architecture.headWidth
        for round in 0..<(steps.map(\.count).max() ?? 0) {
            let active = steps.indices.filter { steps[$0].count > round }
            let due = active.map { steps[$0][round] }
            let positions = due.map { Int32($0.position) }
            let tape = Tape(recording: false, pool: pool)
            let hidden = transformer.hiddenStates(
                tape, tokens: due.map(\.token), positions: positions, adapter: adapter
            ) { layer, queries, keys, values in
                tape.cachedAttention(
                    q: queries, k: keys, v: values, headWidth: headWidth, cache: cache, layer: layer, slots: active, positions: positions)
            }
            let values = logprobs(tape, hidden, rows: Array(due.indices), targets: due.map(\.target))
            for (step, value) in zip(due, values) { record(value, step.place) }
        }
    }

    private func logprobs(_ tape: Tape, _ hidden: Tensor, rows: [Int], targets: [Int32]) -> [Float] {
        tape.selectedLogprobs(hidden, head: transformer.head, update: adapter?.head, rows: rows, targets: targets).values
    }
}
