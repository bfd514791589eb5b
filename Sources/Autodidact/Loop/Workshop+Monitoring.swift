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
    func recordSelection(_ origins: [EpisodeOrigin]) {
        let verdicts = verdictsByOrigin
        for origin in origins {
            guard let verdict = verdicts[origin], verdict.reward != nil else { continue }
            tally.record("exploitation/precision", verdict.isCorrect ? 1 : 0)
        }
        tally.record("selection/kept", Double(origins.count))
    }

    /// Records rewards that are not the verifier's, against the verifier's verdicts.
    func recordRewards(_ rewards: [(origin: EpisodeOrigin, reward: Double)]) {
        let verdicts = verdictsByOrigin
        for (origin, reward) in rewards {
            guard let truth = verdicts[origin]?.reward else { continue }
            tally.record("reward/own", reward)
            tally.record("reward/gap", reward - truth)
        }
    }

    private var verdictsByOrigin: [EpisodeOrigin: Verdict] {
        Dictionary(tally.episodes.map { ($0.origin, $0.verdict) }, uniquingKeysWith: { first, _ in first })
    }
}
