public import Randomness

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

    /// Of each problem as many different right responses as wrong ones, at most `perProblem` of either, drawn by `key`.
    ///
    /// What makes a problem hard then tells nothing of the label. A critic that is taught all rollouts learns to tell hard problems from
    /// easy ones, and likes best what makes a problem look easy: within one problem it may rank worse than chance.
    public static func contrasts(in groups: [[Episode]], perProblem: Int, key: SeedTree) -> [Episode] {
        groups.flatMap { group -> [Episode] in
            let (right, wrong) = (different(group, areCorrect: true, key: key), different(group, areCorrect: false, key: key))
            let count = min(perProblem, right.count, wrong.count)
            return Array(right.prefix(count) + wrong.prefix(count))
        }
    }

    /// The different responses of one verdict, in an order that the key draws.
    private static func different(_ group: [Episode], areCorrect: Bool, key: SeedTree) -> [Episode] {
        var seen: Set<String> = []
        return group.filter { $0.verdict.reward != nil && $0.verdict.isCorrect == areCorrect && seen.insert($0.canonicalResponse).inserted }
            .map { (order: key(named: $0.problem.id)(named: $0.canonicalResponse).key, episode: $0) }
            .sorted { ($0.order, $0.episode.canonicalResponse) < ($1.order, $1.episode.canonicalResponse) }
            .map(\.episode)
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
            let beginnings = [""] + ResponsePrefix.all(of: episode, by: segmenter, decode: policy.decode).map(\.text)
            return try beginnings.map { try lesson($0, label, of: episode) }
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

/// What an outcome critic says of whole responses, by problem, beside what the verifier said; those it could not read are left out.
public struct CriticReading: Sendable {
    /// P(yes) of each response, with the truth.
    private let words_P: [[(probability: Double, isCorrect: Bool)]]

    fileprivate init(_ words_P: [[(probability: Double, isCorrect: Bool)]]) {
        self.words_P = words_P
    }

    /// Over all responses.
    public var certainty: Certainty {
        let words = words_P.flatMap { $0 }
        return Certainty(probabilities: words.map(\.probability), truths: words.map(\.isCorrect))
    }

    /// The chance that of a right and a wrong response to one problem the critic prefers the right one; nil without such a pair.
    ///
    /// What a search needs of a critic; `Certainty.auroc` also counts that it knows hard problems.
    public var pairAccuracy: Double? {
        var (won, pairs) = (0.0, 0.0)
        for words in words_P {
            let truths = words.map(\.isCorrect)
            guard let area = areaUnderROC(words.map(\.probability), truths: truths) else { continue }
            let own = Double(truths.count { $0 } * truths.count { !$0 })
            won += area * own
            pairs += own
        }
        return pairs == 0 ? nil : won / pairs
    }
}

extension LogprobSource {
    /// What an outcome critic says of the judged episodes of each problem; give it episodes that it was not taught.
    ///
    /// - Throws: What the critic throws.
    public func reading(of critic: any Policy, on groups_P: [[Episode]]) async throws -> CriticReading {
        let judged_P = groups_P.map { $0.filter { $0.verdict.reward != nil } }
        let probes = judged_P.joined().map { LabelProbe.isCorrect($0.response, leadingTo: $0.problem.question) }
        var said = try await probability(of: probes, by: critic)[...]
        return CriticReading(
            judged_P.map { group in
                defer { said = said.dropFirst(group.count) }
                return zip(group, said).compactMap { episode, said in said.map { (probability: $0, isCorrect: episode.verdict.isCorrect) } }
            })
    }
}
