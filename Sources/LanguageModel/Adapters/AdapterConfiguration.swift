/// What a low-rank adapter is made of.
public struct AdapterConfiguration: Hashable, Sendable {
    /// r: the rank of each update; at least 1.
    public var rank: Int
    /// α: updates are scaled by α / r, or by α / √r with rank stabilisation; positive.
    public var alpha: Double
    /// The linear layers that carry an update, those of blocks in every block; at least one.
    public var targets: Set<AdapterTarget>
    /// Whether updates are scaled by α / √r, so that they do not shrink as the rank grows (rsLoRA, arXiv:2312.03732).
    public var stabilizesRank: Bool

    /// The largest rank that is accepted.
    public static let largestRank = 1 << 16

    /// A configuration; all linear layers of the blocks unless told otherwise.
    public init(
        rank: Int, alpha: Double, targets: Set<AdapterTarget> = AdapterTarget.blockLayers, stabilizesRank: Bool = false
    ) {
        precondition(rank >= 1 && rank <= Self.largestRank, "an adapter's rank is 1 to \(Self.largestRank), not \(rank)")
        precondition(alpha > 0 && alpha.isFinite, "an adapter's alpha is positive, not \(alpha)")
        precondition(!targets.isEmpty, "an adapter needs a target")
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
        self.stabilizesRank = stabilizesRank
    }

    /// s: the factor of B · A.
    public var scale: Double {
        alpha / (stabilizesRank ? Double(rank).squareRoot() : Double(rank))
    }
}
