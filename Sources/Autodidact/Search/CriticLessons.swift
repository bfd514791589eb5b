/// What critics of a search learn from judged episodes: an outcome critic from whole responses, a value critic from their beginnings.
///
/// A value critic that is taught the outcome of the rollout each beginning comes from, by the logprob of yes or no, comes to say the
/// share of right answers after it: a Monte Carlo return (AlphaLLM, arXiv:2404.12253). Unscorable episodes teach nothing.
public struct CriticLessons: Sendable {
    private let policy: any Policy

    /// Lessons in the words that a policy reads.
    public init(for policy: any Policy) {
        self.policy = policy
    }

    /// One lesson for each whole response, on whether it is right.
    ///
    /// - Throws: What the policy throws when it encodes.
    public func outcomes(of episodes: [Episode]) throws -> [TrainingExample] {
        try judged(episodes).map { episode, label in try lesson(episode.response, label, of: episode) }
    }

    /// One lesson for each beginning of a response, up to a step's end or empty, on whether it led to a right answer.
    ///
    /// - Throws: What the policy throws when it encodes.
    public func values(of episodes: [Episode], steps segmenter: StepSegmenter) throws -> [TrainingExample] {
        try judged(episodes).flatMap { episode, label in
            let tokens = episode.attempt.completion
            let ends = [0] + segmenter.steps(of: tokens, decode: policy.decode).map(\.upperBound)
            return try ends.map { try lesson(policy.decode(Array(tokens[..<$0])), label, of: episode) }
        }
    }

    private func judged(_ episodes: [Episode]) -> [(episode: Episode, label: Int)] {
        episodes.filter { $0.verdict.reward != nil }.map { ($0, $0.verdict.isCorrect ? 0 : 1) }
    }

    private func lesson(_ text: String, _ label: Int, of episode: Episode) throws -> TrainingExample {
        let question = episode.problem.question
        return try LabelProbe.isCorrect(text, leadingTo: question).lesson(label, about: question, for: policy)
    }
}

extension LogprobSource {
    /// What an outcome critic says of whole responses, beside what the verifier said; give it episodes that it was not taught.
    ///
    /// - Throws: What the critic throws.
    public func certainty(of critic: any Policy, on episodes: [Episode]) async throws -> Certainty {
        let judged = episodes.filter { $0.verdict.reward != nil }
        let probes = judged.map { LabelProbe.isCorrect($0.response, leadingTo: $0.problem.question) }
        return Certainty(probabilities: try await probability(of: probes, by: critic), truths: judged.map(\.verdict.isCorrect))
    }
}
