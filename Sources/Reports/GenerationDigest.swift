public import Autodidact

/// What a report shows of a generation's episodes: two distributions and a few examples, instead of all of them.
public struct GenerationDigest: Sendable, Hashable, Codable {
    /// The generation's number, from 1 up.
    public let number: Int
    /// Rewards of the judged episodes, 0...1.
    public let rewards: Histogram
    /// Tokens that the policy wrote in each episode.
    public let lengths: Histogram
    /// A few episodes.
    public let samples: [Episode]

    /// A digest that was made before.
    public init(number: Int, rewards: Histogram, lengths: Histogram, samples: [Episode]) {
        self.number = number
        self.rewards = rewards
        self.lengths = lengths
        self.samples = samples
    }

    /// The digest of a generation's episodes.
    ///
    /// - Parameters:
    ///   - longest: Where the axis of lengths ends: the same number for all generations makes them comparable.
    ///   - samples: How many episodes to keep, spread evenly over the generation.
    public init(number: Int, episodes: [Episode], longest: Int, samples: Int = 4) {
        let kept = min(max(0, samples), episodes.count)
        self.init(
            number: number,
            rewards: Histogram(of: episodes.compactMap(\.verdict.reward), low: 0, high: 1, bins: 20),
            lengths: Histogram(of: episodes.map { Double($0.sampledTokens) }, low: 0, high: Double(max(1, longest)), bins: 24),
            samples: (0..<kept).map { episodes[$0 * episodes.count / kept] }
        )
    }
}
