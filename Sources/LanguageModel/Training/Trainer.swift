import Synchronization
public import Tensors

/// Logprobs, gradients and optimiser steps of one transformer, sharded over cores.
///
/// The shards of a batch are a function of its lengths alone, each is computed by one thread, and their gradients are added in
/// order: the result is the same on any number of cores. Not for concurrent calls.
public final class Trainer: Sendable {
    /// The model that learns.
    public let transformer: Transformer
    /// The adapter through which it learns, the transformer's own weights staying as they are; nil where they learn.
    public let adapter: LowRankAdapter?
    /// What learns.
    public let parameters: Parameters
    /// How many cores to use.
    public let cores: Cores
    let activationLimit: Int
    /// The optimiser and its moments.
    public let optimizer: AdamW
    /// One for each group of shards whose backward passes follow each other; the first also holds what is accumulated over batches.
    private let lanes: [ParameterGradients]
    let pools: [BufferPool]
    private let steps = Mutex(0)

    /// Shards of a batch: enough to keep this many cores busy, few enough for long products.
    static let shards = 8
    /// Floats of activations that a backward pass may find kept: 2 GiB.
    public static let activationLimit = 1 << 29

    /// Shards whose gradients are held apart: fewer for large models, whose gradients would fill the memory.
    ///
    /// A function of the model alone.
    static func laneCount(_ parameters: Parameters) -> Int {
        parameters.count < 1 << 21 ? 8 : parameters.count < 1 << 25 ? 4 : 2
    }

    /// A trainer with zero moments, of the transformer's parameters or of its adapter's.
    public init(_ transformer: Transformer, adapter: LowRankAdapter? = nil, cores: Cores = .all, activationLimit: Int = activationLimit) {
        precondition(
            adapter.map { $0.architecture == transformer.architecture } ?? true, "the adapter belongs to a model of other sizes")
        self.transformer = transformer
        self.adapter = adapter
        parameters = adapter?.parameters ?? transformer.parameters
        self.cores = cores
        self.activationLimit = activationLimit
        optimizer = AdamW(parameters)
        lanes = (0..<Self.laneCount(parameters)).map { [parameters] _ in ParameterGradients(parameters) }
        pools = (0..<Self.shards).map { _ in BufferPool() }
    }

    /// Optimiser steps taken so far.
    public var stepCount: Int {
        get { steps.withLock { $0 } }
        set { steps.withLock { $0 = newValue } }
    }

    /// Adds the gradient of an objective: `evaluate` is given all logprobs at once and returns dLoss/dlogprob in the same shape.
    ///
    /// A batch whose activations would pass `activationLimit` goes through the model once more, in parts, after it was evaluated.
    public func accumulate(_ sequences: [ScoringSequence], evaluate: ([[Float]]) -> [[Float]]) {
        let limit = activationLimit / (transformer.architecture.activationsPerToken + 1)
        guard sequences.reduce(0, { $0 + $1.count }) > limit else {
            accumulateAtOnce(sequences) { checked(evaluate($0), against: sequences) }
            return
        }
        let slopes = checked(evaluate(logprobs(sequences)), against: sequences)
        for part in Self.groups(Array(sequences.indices), tokens: limit, count: { sequences[$0].count }) {
            accumulateAtOnce(part.map { sequences[$0] }) { _ in part.map { slopes[$0] } }
        }
    }

    private func accumulateAtOnce(_ sequences: [ScoringSequence], evaluate: ([[Float]]) -> [[Float]]) {
        let plan = ShardPlan(lengths: sequences.map(\.count), limit: Self.shards)
        transformer.prepare(cores: cores, forBackward: true)
        let logprobs = Mutex([[Float]](repeating: [], count: sequences.count))
        let passes = Mutex([Int: Pass]())
        cores.forEach(plan.shards.count) { shard in
            let tape = Tape(recording: true, pool: pools[shard], gradients: lanes[shard % lanes.count])
            let output = forward(tape, plan.shards[shard].map { sequences[$0] })
            Self.scatter(output.values, over: plan.shards[shard], of: sequences, into: logprobs)
            passes.withLock { $0[shard] = Pass(tape: tape, output: output) }
        }
        let slopes = evaluate(logprobs.withLock { $0 })
        cores.forEach(lanes.count) { lane in
            for shard in stride(from: lane, to: plan.shards.count, by: lanes.count) {
                guard let pass = passes.withLock({ $0.removeValue(forKey: shard) }) else { continue }
                pass.tape.backward(from: pass.output, seed: plan.shards[shard].flatMap { slopes[$0] })
            }
        }
        lanes[0].add(Array(lanes.dropFirst()), cores: cores)
        for lane in lanes.dropFirst() { lane.clear() }
    }

    private func checked(_ slopes: [[Float]], against sequences: [ScoringSequence]) -> [[Float]] {
        precondition(
            slopes.count == sequences.count && zip(slopes, sequences).allSatisfy { $0.count == $1.targets.count },
            "the objective returned slopes of another shape than the targets")
        return slopes
    }

    /// One AdamW step along what was accumulated, which is then cleared.
    ///
    /// A gradient that is not finite changes nothing.
    public func step(_ settings: AdamW.Settings) -> AdamW.Outcome {
        let outcome = optimizer.step(stepCount + 1, gradients: lanes[0].completed(), settings: settings, cores: cores)
        if outcome.applied { stepCount += 1 }
        clearGradients()
        return outcome
    }

    /// Forgets what was accumulated.
    public func clearGradients() {
        lanes[0].clear()
    }

    /// A shard between its forward and its backward pass.
    ///
    /// `@unchecked Sendable`: handed from one thread to the next, never shared.
    private struct Pass: @unchecked Sendable {
        let tape: Tape
        let output: Tensor
    }

    func forward(_ tape: Tape, _ sequences: [ScoringSequence]) -> Tensor {
        // The last target predicts nothing, so it need not pass through the model.
        let packed = PackedSequences(lengths: sequences.map { max($0.count - 1, 1) })
        var tokens: [Int32] = []
        var rows: [Int] = []
        var targets: [Int32] = []
        for (sequence, range) in zip(sequences, packed.ranges) {
            tokens += (sequence.context + sequence.targets).prefix(range.count)
            rows += (0..<sequence.targets.count).map { range.lowerBound + sequence.context.count - 1 + $0 }
            targets += sequence.targets
        }
        let hidden = transformer.hiddenStates(tape, tokens: tokens, sequences: packed, adapter: adapter)
        return tape.selectedLogprobs(hidden, head: transformer.head, update: adapter?.head, rows: rows, targets: targets)
    }
}
