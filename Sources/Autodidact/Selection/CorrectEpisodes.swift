public import Randomness

/// The correct episodes to learn from: of each problem at most `perProblem`, no two with the same response.
///
/// The filter of rejection-sampling methods (STaR, arXiv:2203.14465; RFT, arXiv:2308.01825; ReST-EM, arXiv:2312.06585). Responses are
/// the same where their texts agree up to surrounding white space. Which of them are kept is drawn at random by a key of `seed`,
/// problem and response, so it depends neither on the order of sampling nor on what else is in the batch. Problems stand in the order
/// of their first group; the episodes of a problem in the order drawn. Groups of one problem count together.
public func selectCorrect(from groups: [[Episode]], perProblem: Int, seed: SeedTree) -> [Episode] {
    precondition(perProblem >= 0, "cannot keep \(perProblem) episodes of a problem")
    var problems: [String] = []
    var correct: [String: [Episode]] = [:]
    for episode in groups.joined() where episode.verdict.isCorrect {
        if correct[episode.problem.id] == nil { problems.append(episode.problem.id) }
        correct[episode.problem.id, default: []].append(episode)
    }
    return problems.flatMap { problem in
        let key = seed("correct")(named: problem)
        return distinct(correct[problem] ?? [], key: key)
            .map { (order: key(named: $0.text).key, text: $0.text, episode: $0.episode) }
            .sorted { ($0.order, $0.text) < ($1.order, $1.text) }
            .prefix(perProblem)
            .map(\.episode)
    }
}

/// One episode of each response text: among token sequences that spell the same text, one drawn at random.
private func distinct(_ episodes: [Episode], key: SeedTree) -> [(text: String, episode: Episode)] {
    var best: [String: (order: UInt64, episode: Episode)] = [:]
    for episode in episodes {
        let text = episode.canonicalResponse
        let order = episode.drawKey(key)
        if let kept = best[text], kept.order <= order { continue }
        best[text] = (order, episode)
    }
    return best.map { ($0.key, $0.value.episode) }
}

extension Episode {
    /// The response without surrounding white space: equal texts count as one response.
    public var canonicalResponse: String { response.withoutOuterSpace }

    /// The random number that decides a draw among episodes, from where this one came from.
    func drawKey(_ key: SeedTree) -> UInt64 {
        key("episode", origin.member, Int(truncatingIfNeeded: origin.key)).key
    }
}
