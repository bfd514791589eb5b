extension Workshop {
    /// The episodes made so far.
    package var episodes: [Episode] { tally.episodes }
    /// The figures recorded so far.
    package var metrics: [String: Double] { tally.metrics }
    /// Tokens sampled so far, judgements and searches included.
    package var tokensSampled: Int { tally.tokensSampled }
    /// Tokens that passed through the trainer so far, critics' included.
    package var tokensTrained: Int { tally.tokensTrained }

    /// Records which episodes were chosen to learn from; the generation's figures say how many of them are right.
    public func recordSelection(_ episodes: [Episode]) { recordSelection(episodes.map(\.origin)) }

    /// The same by where the episodes came from.
    func recordSelection(_ origins: [EpisodeOrigin]) { tally.choose(origins) }

    /// Records rewards that are not the verifier's; the generation's figures hold them against the verdicts.
    func recordRewards(_ rewards: [(origin: EpisodeOrigin, reward: Double)]) { tally.reward(rewards) }
}

extension Workshop {
    /// Records what second attempts did to first ones, over all episodes in which two were judged.
    public func recordTransitions(of groups: [[Episode]]) {
        var meter = TransitionMeter()
        for episode in groups.joined() { meter.add(episode) { learner.decode($0) } }
        for (name, value) in meter.metrics { tally.record(name, value, weight: Double(meter.pairs)) }
    }
}
