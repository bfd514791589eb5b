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
    return problems.flatMap { selectDistinct(from: correct[$0] ?? [], count: perProblem, key: seed("correct")(named: $0)) }
}
