import Autodidact

/// How the rewards and lengths of a generation's episodes are spread.
public struct EpisodeHistograms: Sendable, Hashable, Codable {
    /// The generation.
    public let generation: Int
    /// Judged episodes by reward: ten equal parts of 0...1, the last with its upper end.
    public let rewards: [Int]
    /// Episodes that could not be judged; no part of `rewards`.
    public let unscorable: Int
    /// Tokens by which neighbouring parts of `lengths` differ; the same for all generations of a run.
    public let tokensPerBin: Int
    /// Episodes by sampled tokens: part `i` holds those from `i * tokensPerBin` up to the next.
    public let lengths: [Int]
}

extension RunStore {
    /// The spread of rewards and lengths, generation by generation; those whose episodes are no longer kept are left out.
    ///
    /// Every episode is read and checked for it.
    ///
    /// - Parameter lengthBins: About how many parts the lengths fall into.
    public func histograms(of runID: String, lengthBins: Int = 20) throws(StoreError) -> [EpisodeHistograms] {
        precondition(lengthBins > 0, "\(lengthBins) length bins")
        var spreads: [(generation: Int, rewards: [Double?], lengths: [Int])] = []
        for generation in try episodeGenerations(of: runID) {
            let episodes = try episodes(of: runID, generation: generation)
            spreads.append((generation, episodes.map(\.verdict.reward), episodes.map(\.sampledTokens)))
        }
        let longest = spreads.flatMap(\.lengths).max() ?? 0
        let tokensPerBin = max(1, (longest + lengthBins) / lengthBins)
        return spreads.map { spread in
            var rewards = Array(repeating: 0, count: 10), lengths = Array(repeating: 0, count: longest / tokensPerBin + 1)
            // A reward that is not a number counts as none, and those beyond the ends with the ends.
            for case let reward? in spread.rewards { rewards[reward.isNaN ? 0 : Int(min(9, max(0, reward * 10)))] += 1 }
            for length in spread.lengths { lengths[length / tokensPerBin] += 1 }
            return EpisodeHistograms(
                generation: spread.generation, rewards: rewards, unscorable: spread.rewards.count { $0 == nil }, tokensPerBin: tokensPerBin,
                lengths: lengths)
        }
    }
}
