extension Workshop {
    /// The episodes made so far.
    package var episodes: [Episode] { tally.episodes }
    /// The figures recorded so far.
    package var metrics: [String: Double] { tally.metrics }
    /// What was drawn, scored and trained on so far; a critic that was copied from a critic is not counted again.
    package var spent: GenerationBudget { tally.spent }
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

extension Workshop {
    /// Turns that the policy took, spread over the generation's episodes: what came before them, their tokens and logprobs as sampled.
    func sampledTurns(atMost count: Int) -> [(sequence: ScoredSequence, behavior: Logprobs<FullVocabulary>)] {
        let episodes = tally.episodes
        let stride = max(1, episodes.count / count)
        return episodes.indices.filter { $0.isMultiple(of: stride) }.prefix(count).compactMap { index in
            let turns = episodes[index].turns
            guard let last = turns.last, let behavior = last.logprobs, behavior.count == last.tokens.count, !last.tokens.isEmpty else {
                return nil
            }
            return (ScoredSequence(context: turns.dropLast().flatMap(\.tokens), targets: last.tokens), behavior)
        }
    }

    /// Records `kl/base`: the k3 estimate of the KL from the policies that sampled the turns to the base, nats a token.
    func recordDistance(_ pairs: [(behavior: Logprobs<FullVocabulary>, reference: Logprobs<FullVocabulary>)]) {
        for (behavior, reference) in pairs {
            for (p, q) in zip(behavior.values, reference.values) {
                tally.record("kl/base", klK3(policy: Double(p), reference: Double(q)).loss)
            }
        }
    }
}
