import Foundation

/// A question to a policy whose answer is read from the logprobs of a few given texts, never sampled.
///
/// With the labels yes and no it is P(True) (arXiv:2207.05221, §3): verdict critic, outcome and process reward model, value function.
/// A probe is trained like any text, on the logprob of the right label, so it needs no head and runs on every backend.
public struct LabelProbe: Sendable, Hashable {
    /// What is asked.
    public let prompt: String
    /// The answers that are compared, at least two, all different.
    public let labels: [String]

    /// A probe.
    public init(prompt: String, labels: [String]) {
        precondition(labels.count > 1 && Set(labels).count == labels.count, "a probe needs at least two different labels")
        self.prompt = prompt
        self.labels = labels
    }

    /// The sequences to score, one for each label: its text and the end of the turn, without which `10` would be part of `100`.
    func sequences(for policy: any Policy) throws -> [ScoredSequence] {
        let context = try policy.prompt(for: prompt)
        return try labels.map { ScoredSequence(context: context, targets: try policy.turn(saying: $0)) }
    }

    /// The probability of each label among the labels: softmax over the logprobs of their texts.
    static func distribution(_ logprobs: [Double]) -> [Double] {
        let largest = logprobs.max() ?? 0
        let weights = logprobs.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The lesson that teaches a policy this probe's right answer; `question` is what the probe is about.
    public func lesson(_ label: Int, about question: Question, for policy: any Policy) throws -> TrainingExample {
        let sequence = TrainingSequence(context: try policy.prompt(for: prompt), targets: try policy.turn(saying: labels[label]))
        return TrainingExample(question: question, sequence: sequence)
    }
}

/// Reads probes: whoever has access to logprobs, a workshop or a study, supplies them.
public protocol LogprobSource: Sendable {
    /// The logprobs of given tokens under a policy.
    func logprobs(of sequences: [ScoredSequence], under policy: (any Policy)?) async throws -> [Logprobs<FullVocabulary>]
}

extension Workshop: LogprobSource {}
extension BlindWorkshop: LogprobSource {}

extension LogprobSource {
    /// The distribution over the labels of each probe, [N][labels], as `policy` sees it.
    ///
    /// - Throws: What the policy throws.
    public func read(_ probes: [LabelProbe], by policy: any Policy) async throws -> [[Double]] {
        let sequences = try probes.map { try $0.sequences(for: policy) }
        var logprobs = try await logprobs(of: sequences.flatMap { $0 }, under: policy)[...]
        return sequences.map { group in
            defer { logprobs = logprobs.dropFirst(group.count) }
            return LabelProbe.distribution(logprobs.prefix(group.count).map(\.sum))
        }
    }

    /// The probability of the first label of each probe: P(yes).
    ///
    /// - Throws: What the policy throws.
    public func probability(of probes: [LabelProbe], by policy: any Policy) async throws -> [Double] {
        try await read(probes, by: policy).map { $0[0] }
    }

    /// The expected score of each scale probe, 0…1.
    ///
    /// - Throws: What the policy throws.
    public func expectedScore(of probes: [LabelProbe], by policy: any Policy) async throws -> [Double] {
        try await read(probes, by: policy).map { distribution in
            let last = Double(distribution.count - 1)
            return distribution.enumerated().reduce(0) { $0 + $1.element * Double($1.offset) / last }
        }
    }
}
