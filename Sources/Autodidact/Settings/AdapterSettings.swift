/// Whether a run trains a low-rank adapter over weights that stay as they are (LoRA, arXiv:2106.09685), instead of all weights.
public struct AdapterSettings: Sendable, Hashable, Codable {
    /// The rank of each update; 0 trains all weights.
    public var rank: Int
    /// Updates are scaled by alpha / rank, or by alpha / √rank with `rsLoRA`.
    public var alpha: Double
    /// Names of linear layers, some of `layers`; or `allLinear` alone.
    public var targets: [String]
    /// Rank-stabilised scaling (arXiv:2312.03732).
    public var rsLoRA: Bool

    /// All weights unless told otherwise.
    public init(rank: Int = 0, alpha: Double = 16, targets: [String] = [Self.allLinear], rsLoRA: Bool = false) {
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
        self.rsLoRA = rsLoRA
    }

    /// The target that stands for all linear layers of the blocks.
    public static let allLinear = "all-linear"
    /// The linear layers that can be named, as checkpoints name them.
    public static let layers = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "lm_head"]
    /// The largest rank that is accepted.
    public static let largestRank = 4_096

    /// Whether an adapter is trained.
    public var isUsed: Bool { rank > 0 }

    /// Rank, scale and layers, for people.
    package var inWords: String {
        "rank \(rank), alpha \(Self.text(of: alpha))\(rsLoRA ? ", rank-stabilised" : ""), on \(targets.joined(separator: ","))"
    }

    /// Without decimals where there are none.
    private static func text(of number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }

    /// Refuses values outside their range, and any that are set while there is no adapter; `prefix` names the group in messages.
    public func validate(prefix: String = "adapter.") throws(SettingsError) {
        try CountLimits.check(rank, key: prefix + "rank", from: 0, upTo: Self.largestRank)
        let defaults = Self()
        if !isUsed {
            let unused = [
                ("alpha", alpha != defaults.alpha), ("targets", targets != defaults.targets), ("rsLoRA", rsLoRA != defaults.rsLoRA),
            ]
            for (key, isSet) in unused where isSet {
                throw .noEffect(key: prefix + key, because: "\(prefix)rank is 0, so all weights are trained")
            }
        }
        guard alpha > 0 && alpha <= 1e6 else {
            throw .outOfRange(key: prefix + "alpha", value: "\(alpha)", allowed: "above 0, at most 1000000")
        }
        let isNamed = !targets.isEmpty && targets.allSatisfy(Self.layers.contains) && Set(targets).count == targets.count
        guard targets == [Self.allLinear] || isNamed else {
            throw .outOfRange(
                key: prefix + "targets", value: targets.joined(separator: ","),
                allowed: "\(Self.allLinear), or some of \(Self.layers.joined(separator: ",")), each once")
        }
    }

    /// One line for each key.
    public static var help: [String: String] {
        [
            "rank": "rank of a low-rank adapter (LoRA) to train over frozen weights; 0 = train all weights",
            "alpha": "the adapter's updates are scaled by alpha / rank",
            "targets":
                "layers it updates: all-linear (of blocks), or some of q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj,lm_head",
            "rsLoRA": "scale by alpha / √rank instead, so that updates do not shrink as the rank grows",
        ]
    }
}
