/// How far sampler and trainer may disagree, and what is done beyond.
public struct MismatchLimits: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What is done where a limit is passed.
    public enum Action: String, Sendable, Hashable, Codable, CaseIterable {
        /// The reading is shown; training goes on as if there were no difference.
        case show
        /// Recorded behavior logprobs are raised until no importance ratio trainer ÷ sampler is above `truncation`: objectives that weigh
        /// by ratios then begin with truncated importance weights. Those that weigh by none are not changed.
        case truncate
        /// The run stops.
        case stop
    }

    /// What is done.
    public var action: Action
    /// Of mean |Δ|, nats.
    public var meanAbsolute: Double
    /// Of the largest |Δ|, nats.
    public var maximum: Double
    /// Of k3, nats.
    public var k3: Double
    /// The largest importance weight under `.truncate`.
    public var truncation: Float

    /// The run stops where the mean passes what coarse formats of today's samplers come to.
    public init(
        action: Action = .stop, meanAbsolute: Double = 0.05, maximum: Double = 3, k3: Double = 0.02, truncation: Float = 2
    ) {
        self.action = action
        self.meanAbsolute = meanAbsolute
        self.maximum = maximum
        self.k3 = k3
        self.truncation = truncation
    }

    /// Whether a reading passes one of the limits.
    public func arePassed(by reading: MismatchReading) -> Bool {
        reading.meanAbsolute > meanAbsolute || reading.maximum > maximum || reading.k3 > k3
    }

    /// For people.
    public var description: String {
        "mean |Δ| \(meanAbsolute.inWords), largest \(maximum.inWords), k3 \(k3.inWords) nats"
    }
}
