/// How a policy at a service is trained and watched.
public struct TinkerOptions: Sendable, Hashable, Codable {
    /// What is done where a service does not clip gradients though a step asks for it.
    public enum Clipping: String, Sendable, Hashable, Codable, CaseIterable {
        /// The step is refused.
        case required
        /// The step is made without.
        case ifSupported = "if-supported"
    }

    /// The rank of the adapter.
    public var rank: Int
    /// Of the adapter's first weights.
    public var seed: Int
    /// Whether gradients must be clipped where a step asks for it.
    public var clipping: Clipping
    /// How far sampler and trainer may disagree.
    public var mismatch: MismatchLimits
    /// How many completions are scored by the trainer each time the sampler has got new weights.
    public var comparedCompletions: Int
    /// Bytes of JSON in one request.
    public var requestBytes: Int
    /// Whether objectives that the service computes itself are left to it, which saves a pass a step
    /// and costs some measuring at connection.
    public var usesBuiltInLosses: Bool
    /// Whether adapters that are done with stay at the service: a cluster of SkyRL-tx 0.3.0 breaks where one is taken off, because only its
    /// first process is told.
    public var keepsAdapters: Bool

    /// An adapter of rank 32 with the limits of `MismatchLimits`.
    public init(
        rank: Int = 32, seed: Int = 0, clipping: Clipping = .required, mismatch: MismatchLimits = MismatchLimits(),
        comparedCompletions: Int = 64, requestBytes: Int = 4 << 20, usesBuiltInLosses: Bool = true,
        keepsAdapters: Bool = false
    ) {
        self.rank = rank
        self.seed = seed
        self.clipping = clipping
        self.mismatch = mismatch
        self.comparedCompletions = comparedCompletions
        self.requestBytes = requestBytes
        self.usesBuiltInLosses = usesBuiltInLosses
        self.keepsAdapters = keepsAdapters
    }

    var limits: RequestLimits { RequestLimits(bytes: requestBytes) }
    var adapter: CreateModel.LoRA { CreateModel.LoRA(rank: rank, seed: seed) }
}
