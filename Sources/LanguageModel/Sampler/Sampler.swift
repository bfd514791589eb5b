import Synchronization
public import Tensors

/// Continues prompts in batches over cores.
///
/// Continuations are cut into a fixed number of shards. Within a shard, samples of one prompt share its prefill, finished ones leave
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

    static let shards = 8
    /// Sequences that a shard continues together.
    static let rowsAtOnce = 96
    /// Floats of keys and values that a shard may hold.
    static let cacheLimit = 1 << 25

    /// A sampler of a model, or of a model with an adapter.
    public init(_ transformer: Transformer, adapter: LowRankAdapter? = nil, cores: Cores = .all) {
        precondition(
            adapter.map { $0.architecture == transformer.architecture } ?? true, "the adapter belongs to a model of other sizes")
        self.transformer = transformer
        self.adapter = adapter
        self.cores = cores
        pools = (0..<Self.shards).map { _ in BufferPool() }
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
        let order = requests.indices.flatMap { request in requests[request].keys.indices.map { (request: request, member: $0) } }
        let results = Mutex(requests.map { [SampledSequence](repeating: SampledSequence(), count: $0.keys.count) })
        let size = (order.count + Self.shards - 1) / Self.shards
        cores.forEach(size == 0 ? 0 : (order.count + size - 1) / size) { index in
            let work = order[index * size..<min((index + 1) * size, order.count)]
            var shard = SamplingShard(
                transformer: transformer, adapter: adapter, requests: requests, work: work.map { ($0.request, $0.member) }, rule: rule,
                maximumTokens: maximumTokens, stopTokens: stopTokens, stopTest: stopTest, pool: pools[index])
            shard.run { request, member, sequence in
                results.withLock { $0[request][member] = sequence }
            }
        }
        return results.withLock { $0 }
    }
}
