import Synchronization
import Tensors

extension Trainer {
    /// Slopes of some sequences of a batch, by their places and their logprobs, in the same order.
    public typealias SlopesOfSome = @Sendable (_ places: [Int], _ logprobs: [[Float]]) -> [[Float]]

    /// Adds the gradient of an objective: `evaluate` is given all logprobs at once and returns dLoss/dlogprob in the same shape.
    ///
    /// All activations of the batch are held until then. A batch whose activations would pass `activationLimit` goes through the model once
    /// more, in parts, after it was evaluated.
    public func accumulate(_ sequences: [ScoringSequence], evaluate: ([[Float]]) -> [[Float]]) {
        guard passesLimit(sequences) else {
            accumulateTogether(sequences) { Self.checked(evaluate($0), against: sequences) }
            return
        }
        accumulateInParts(sequences, slopes: Self.checked(evaluate(logprobs(sequences)), against: sequences))
    }

    /// The same, bit for bit, for an objective whose slopes of a sequence depend on no other's logprobs.
    ///
    /// Each shard goes forward and backward before the next, so that only as many shards as there are cores have their activations in
    /// memory: a quarter of the batch on two. `evaluate` is called for one shard at a time, on several cores at once.
    /// - Returns: The logprobs of all targets.
    public func accumulateApart(_ sequences: [ScoringSequence], evaluate: SlopesOfSome) -> [[Float]] {
        guard passesLimit(sequences) else { return pass(sequences, evaluate: evaluate) }
        let logprobs = logprobs(sequences)
        accumulateInParts(sequences, slopes: Self.checked(evaluate(Array(sequences.indices), logprobs), against: sequences))
        return logprobs
    }

    private var tokenLimit: Int { activationLimit / (transformer.architecture.activationsPerToken + 1) }

    private func passesLimit(_ sequences: [ScoringSequence]) -> Bool { sequences.reduce(0) { $0 + $1.count } > tokenLimit }

    private func accumulateInParts(_ sequences: [ScoringSequence], slopes: [[Float]]) {
        for part in Self.groups(Array(sequences.indices), tokens: tokenLimit, count: { sequences[$0].count }) {
            _ = pass(part.map { sequences[$0] }) { places, _ in places.map { slopes[part[$0]] } }
        }
    }

    /// Shard by shard, those of a lane in turn; all together where there are more cores than lanes, which would else have nothing to do.
    private func pass(_ sequences: [ScoringSequence], evaluate: SlopesOfSome) -> [[Float]] {
        guard lanes.count >= min(cores.count, Self.shards) else {
            var shown: [[Float]] = []
            accumulateTogether(sequences) { logprobs in
                shown = logprobs
                return Self.checked(evaluate(Array(sequences.indices), logprobs), against: sequences)
            }
            return shown
        }
        let plan = ShardPlan(lengths: sequences.map(\.count), limit: Self.shards)
        transformer.prepare(cores: cores, forBackward: true)
        let logprobs = Mutex(sequences.map { _ in [Float]() })
        cores.forEach(lanes.count) { lane in
            for shard in stride(from: lane, to: plan.shards.count, by: lanes.count) {
                let places = plan.shards[shard], own = places.map { sequences[$0] }
                pools.lending { pool in
                    let tape = Tape(recording: true, pool: pool, gradients: lanes[lane])
                    let output = forward(tape, own), values = output.values
                    var start = 0
                    let shown = own.map { sequence in
                        defer { start += sequence.targets.count }
                        return Array(values[start..<start + sequence.targets.count])
                    }
                    tape.backward(from: output, seed: Self.checked(evaluate(places, shown), against: own).flatMap(\.self))
                    logprobs.withLock { for (place, values) in zip(places, shown) { $0[place] = values } }
                }
            }
        }
        joinLanes()
        return logprobs.withLock { $0 }
    }

    private func accumulateTogether(_ sequences: [ScoringSequence], evaluate: ([[Float]]) -> [[Float]]) {
        let plan = ShardPlan(lengths: sequences.map(\.count), limit: Self.shards)
        transformer.prepare(cores: cores, forBackward: true)
        let logprobs = Mutex([[Float]](repeating: [], count: sequences.count))
        let passes = Mutex([Int: Pass]())
        cores.forEach(plan.shards.count) { shard in
            let pool = pools.take()
            let tape = Tape(recording: true, pool: pool, gradients: lanes[shard % lanes.count])
            let output = forward(tape, plan.shards[shard].map { sequences[$0] })
            Self.scatter(output.values, over: plan.shards[shard], of: sequences, into: logprobs)
            passes.withLock { $0[shard] = Pass(tape: tape, output: output, pool: pool) }
        }
        let slopes = evaluate(logprobs.withLock { $0 })
        cores.forEach(lanes.count) { lane in
            for shard in stride(from: lane, to: plan.shards.count, by: lanes.count) {
                guard let pass = passes.withLock({ $0.removeValue(forKey: shard) }) else { continue }
                pass.tape.backward(from: pass.output, seed: plan.shards[shard].flatMap { slopes[$0] })
                pools.giveBack(pass.pool)
            }
        }
        joinLanes()
    }

    private func joinLanes() {
        lanes[0].add(Array(lanes.dropFirst()), cores: cores)
        for lane in lanes.dropFirst() { lane.clear() }
    }

    private static func checked(_ slopes: [[Float]], against sequences: [ScoringSequence]) -> [[Float]] {
        precondition(
            slopes.count == sequences.count && zip(slopes, sequences).allSatisfy { $0.count == $1.targets.count },
            "the objective returned slopes of another shape than the targets")
        return slopes
    }

    /// A shard between its forward and its backward pass.
    ///
    /// `@unchecked Sendable`: handed from one thread to the next, never shared.
    private struct Pass: @unchecked Sendable {
        let tape: Tape
        let output: Tensor
        let pool: BufferPool
    }
}
