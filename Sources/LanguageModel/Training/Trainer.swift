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
    let lanes: [ParameterGradients]
    /// What its passes work in.
    package let pools = PoolStack()
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
    }

    /// Optimiser steps taken so far.
    public var stepCount: Int {
        get { steps.withLock { $0 } }
        set { steps.withLock { $0 = newValue } }
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
