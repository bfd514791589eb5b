import Foundation
public import Randomness

/// What several responses to one question voted for, over their canonical answers.
///
/// Self-consistency (arXiv:2203.11171). Responses that state no answer abstain: they are counted apart and in no share. Weights must not
/// be negative; where all are 0 there is no winner.
public struct Votes: Sendable, Hashable {
    /// The answers that got votes with the sum of their weights, the heaviest first, equal ones by text.
    public let ballots: [Ballot]
    /// Responses that state an answer.
    public let voters: Int
    /// Responses that state none.
    public let abstentions: Int

    /// One answer and what it got.
    public struct Ballot: Sendable, Hashable, Codable {
        /// The canonical answer.
        public let answer: String
        /// The sum of its voters' weights.
        public let weight: Double
    }

    /// The votes of responses with these answers, nil where a response states none; each weighs 1 unless `weights` says otherwise.
    public init(_ answers: [String?], weights: [Double] = []) {
        precondition(weights.isEmpty || weights.count == answers.count, "\(weights.count) weights for \(answers.count) votes")
        precondition(weights.allSatisfy { $0 >= 0 }, "a vote's weight must not be negative")
        var sums: [String: Double] = [:]
        for (i, answer) in answers.enumerated() {
            if let answer { sums[answer, default: 0] += weights.isEmpty ? 1 : weights[i] }
        }
        // Sums of one answer run in the order of the votes, so they do not depend on the dictionary's.
        ballots = sums.map { Ballot(answer: $0.key, weight: $0.value) }
            .filter { $0.weight > 0 }
            .sorted { ($1.weight, $0.answer) < ($0.weight, $1.answer) }
        voters = answers.count { $0 != nil }
        abstentions = answers.count - voters
    }

    /// The answer of most weight, ties drawn at random by `key` and the answer's text; nil where nothing was voted for.
    public func winner(key: SeedTree) -> String? {
        ballots.prefix { $0.weight == ballots[0].weight }
            .min { (key(named: $0.answer).key, $0.answer) < (key(named: $1.answer).key, $1.answer) }?.answer
    }

    /// The share of the weight that is for `answer`; 0 where nothing was voted for.
    public func share(of answer: String) -> Double {
        total == 0 ? 0 : (ballots.first { $0.answer == answer }?.weight ?? 0) / total
    }

    /// The share of the heaviest answer, 0…1; nil where nothing was voted for.
    public var agreement: Double? { ballots.first.map { $0.weight / total } }

    /// The share of the heaviest answer less that of the next, 0…1; nil where nothing was voted for.
    public var margin: Double? {
        ballots.first.map { ($0.weight - (ballots.count > 1 ? ballots[1].weight : 0)) / total }
    }

    /// The entropy of the shares in nats; 0 where all agree, nil where nothing was voted for.
    public var entropy: Double? {
        ballots.isEmpty ? nil : -ballots.reduce(0) { $0 + $1.weight / total * log($1.weight / total) }
    }

    private var total: Double { ballots.reduce(0) { $0 + $1.weight } }
}
