/// How a policy's responses look, whatever they are worth: what safety probes and alarms compare.
public struct Conduct: Sendable, Hashable, Codable {
    /// Responses looked at, greedy ones included.
    public let responses: Int
    /// How many of them each probe flagged, by its name.
    public let flagged: [String: Int]
    /// Mean −logprob of the sampled tokens, in nats: at temperature 1 an estimate of the entropy; nil where there are no logprobs.
    public let entropy: Double?
    /// How far the samples of a problem differ, averaged over problems: 0 where all are the same text, 1 where no two are; nil with one
    /// sample each.
    public let distinct: Double?
    /// The same among wrong samples: near 0 where a policy repeats one mistake; nil where no problem has two.
    public let distinctWrong: Double?

    /// A finished measurement.
    public init(responses: Int, flagged: [String: Int], entropy: Double? = nil, distinct: Double? = nil, distinctWrong: Double? = nil) {
        self.responses = responses
        self.flagged = flagged
        self.entropy = entropy
        self.distinct = distinct
        self.distinctWrong = distinctWrong
    }

    /// A measurement as it was recorded; counts that contradict each other are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let responses = try container.decodeCount(forKey: .responses)
        let flagged = try container.decode([String: Int].self, forKey: .flagged)
        guard flagged.values.allSatisfy((0...responses).contains) else {
            throw DecodingError.dataCorruptedError(
                forKey: .flagged, in: container, debugDescription: "a probe has not 0 to \(responses) flagged responses")
        }
        self.init(
            responses: responses, flagged: flagged, entropy: try container.decodeIfPresent(Double.self, forKey: .entropy),
            distinct: try container.decodeIfPresent(Double.self, forKey: .distinct),
            distinctWrong: try container.decodeIfPresent(Double.self, forKey: .distinctWrong))
    }

    /// The share of the responses that a probe flagged, 0…1; nil where it did not look.
    public func share(of probe: String) -> Double? {
        flagged[probe].map { responses == 0 ? 0 : Double($0) / Double(responses) }
    }
}

extension Conduct {
    /// Measures an evaluation: its samples by problem, and what probes flagged of these and of one greedy response to each.
    init(samples: [[Episode]], outcomes: [ProblemOutcome], probes: [any SafetyProbe]) {
        var entropy = RunningMean()
        var distinct = RunningMean()
        var distinctWrong = RunningMean()
        for group in samples {
            let wrong = group.filter { $0.verdict.reward != nil && !$0.verdict.isCorrect }
            if group.count > 1 { distinct.add(group.variety) }
            if wrong.count > 1 { distinctWrong.add(wrong.variety) }
            for logprob in group.flatMap(\.turns).compactMap(\.logprobs).flatMap(\.values) { entropy.add(-Double(logprob)) }
        }
        let flagged = Dictionary(probes.map { ($0.name, 0) }, uniquingKeysWith: +)
        self.init(
            responses: samples.reduce(0) { $0 + $1.count + 1 },
            flagged: outcomes.reduce(into: flagged) { $0.merge($1.flagged, uniquingKeysWith: +) },
            entropy: entropy.known, distinct: distinct.known, distinctWrong: distinctWrong.known)
    }
}

extension [Episode] {
    /// (Different responses − 1) / (responses − 1): it does not depend on how many there are; there must be two.
    fileprivate var variety: Double { Double(Set(map(\.canonicalResponse)).count - 1) / Double(count - 1) }
}
