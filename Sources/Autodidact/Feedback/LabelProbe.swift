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
    ///
    /// It needs room for every label, so that whether it fits into a context does not depend on which is right.
    public func lesson(_ label: Int, about question: Question, for policy: any Policy) throws -> TrainingExample {
        let answers = try sequences(for: policy)
        return TrainingExample(
            question: question, sequence: TrainingSequence(context: answers[label].context, targets: answers[label].targets),
            neededContext: answers.longest)
    }
}

extension [ScoredSequence] {
    /// The tokens of the longest, context included; 0 without one.
    var longest: Int { map(\.tokenCount).max() ?? 0 }
}

extension LogprobSource {
    /// The distribution over the labels of each probe, [N][labels], as `policy` sees it; nil where it does not fit into its context.
    ///
    /// A probe fits where it does with each of its labels. Those that do not are counted as `feedback/too_long`.
    /// - Throws: What the policy throws.
    public func read(_ probes: [LabelProbe], by policy: any Policy) async throws -> [[Double]?] {
        let sequences = try probes.map { try $0.sequences(for: policy) }
        let fits = await readable(sequences.map(\.longest), by: policy, as: .feedback)
        let asked = zip(sequences, fits).filter(\.1).flatMap(\.0)
        var logprobs = try await logprobs(of: asked, under: policy)[...]
        return zip(sequences, fits).map { group, isAsked in
            guard isAsked else { return nil }
            defer { logprobs = logprobs.dropFirst(group.count) }
            return LabelProbe.distribution(logprobs.prefix(group.count).map(\.sum))
        }
    }

    /// The probability of the first label of each probe, P(yes); nil where the probe cannot be read.
    ///
    /// - Throws: What the policy throws.
    public func probability(of probes: [LabelProbe], by policy: any Policy) async throws -> [Double?] {
        try await read(probes, by: policy).map { $0?[0] }
    }

    /// The expected score of each scale probe, 0…1; nil where the probe cannot be read.
    ///
    /// - Throws: What the policy throws.
    public func expectedScore(of probes: [LabelProbe], by policy: any Policy) async throws -> [Double?] {
        try await read(probes, by: policy).map { distribution in
            guard let distribution else { return nil }
            let last = Double(distribution.count - 1)
            return distribution.enumerated().reduce(0) { $0 + $1.element * Double($1.offset) / last }
        }
    }
}
