import Synchronization
public import Tensors

/// Continues prompts in batches over cores.
///
/// Each core continues a shard of them. Within a shard, samples of one prompt share its prefill, finished ones leave
/// the batch at once and waiting ones take their slots. A continuation is a function of weights, prompt, rule and key alone: on
/// machines with our product kernels bit for bit, whatever it is batched with.
public final class Sampler: Sendable {
    /// The model that is sampled from.
    public let transformer: Transformer
    /// The adapter through which it is sampled, if any.
    public let adapter: LowRankAdapter?
    /// How many cores to use.
    public let cores: Cores
    private let pools: [BufferPool]

    /// Shards where the product's bits depend on its batch.
    static let shards = 8

    /// A sampler of a model, or of a model with an adapter.
    public init(_ transformer: Transformer, adapter: LowRankAdapter? = nil, cores: Cores = .all) {
        precondition(
            adapter.map { $0.architecture == transformer.architecture } ?? true, "the adapter belongs to a model of other sizes")
        self.transformer = transformer
        self.adapter = adapter
        self.cores = cores
        pools = (0..<max(Self.shards, cores.count)).map { _ in BufferPool() }
    }

    /// Continues each request's prompt once for each of its keys, by at most `maximumTokens`, until a stop token is drawn or
    /// `stopTest`, given all tokens of a continuation so far, says that it is over.
    public func sample(
        _ requests: [ContinuationRequest], rule: DrawRule, maximumTokens: Int, stopTokens: Set<Int32>,
        stopTest: (@Sendable ([Int32]) -> Bool)? = nil
    ) -> [[SampledSequence]] {
        for request in requests {
            precondition(
                !request.prompt.isEmpty && request.prompt.count < transformer.architecture.contextLength,
                "a prompt of \(request.prompt.count) tokens for a context of \(transformer.architecture.contextLength)")
        }
        let entries = requests.indices.flatMap { request in requests[request].keys.indices.map { (request: request, member: $0) } }
        let results = Mutex(requests.map { [SampledSequence](repeating: SampledSequence(), count: $0.keys.count) })
        let queues = queues(entries)
        let longest = requests.map(\.prompt.count).max() ?? 0
        let job = SamplingJob(
            transformer: transformer, adapter: adapter, requests: requests, rule: rule, maximumTokens: maximumTokens,
            capacity: min(transformer.architecture.contextLength, longest + maximumTokens), stopTokens: stopTokens, stopTest: stopTest)
        transformer.prepare(cores: cores, forBackward: false)
        cores.forEach(queues.count) { index in
            // Shards that share a queue share its rows.
            let rows = min(
                transformer.rowsTogether(capacity: job.capacity),
                MatrixProduct.usesKernels ? (entries.count + queues.count - 1) / queues.count : Int.max)
            var shard = SamplingShard(job, queue: queues[index], rows: rows, pool: pools[index])
            shard.run { entry, sequence in
                results.withLock { $0[entry.request][entry.member] = sequence }
            }
        }
        return results.withLock { $0 }
    }

    /// The queue of each shard.
    ///
    /// Where a row's bits do not depend on its batch, each core has one shard and all draw from one queue, so that batches are wide and
    /// no core waits; elsewhere the cut must not depend on cores.
    private func queues(_ entries: [ContinuationQueue.Entry]) -> [ContinuationQueue] {
        if MatrixProduct.usesKernels {
            return Array(repeating: ContinuationQueue(entries[...]), count: min(cores.count, entries.count))
        }
        let size = max(1, (entries.count + Self.shards - 1) / Self.shards)
        return stride(from: 0, to: entries.count, by: size).map { ContinuationQueue(entries[$0..<min($0 + size, entries.count)]) }
    }
}
