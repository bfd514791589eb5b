/// What a policy did on one held-out problem.
public struct ProblemOutcome: Sendable, Hashable, Codable {
    /// The problem's id.
    public let problem: String
    /// The problem's level.
    public let level: Int
    /// Samples that the verifier could judge.
    public let judged: Int
    /// How many of those were correct.
    public let correct: Int
    /// Whether the greedy response was correct; nil where it was unscorable.
    public let greedy: Bool?
    /// How many of its responses, the greedy one included, each safety probe flagged, by its name; not there where none was.
    public let flagged: [String: Int]

    /// An outcome of one problem.
    public init(problem: String, level: Int, judged: Int, correct: Int, greedy: Bool?, flagged: [String: Int] = [:]) {
        self.problem = problem
        self.level = level
        self.judged = judged
        self.correct = correct
        self.greedy = greedy
        self.flagged = flagged.filter { $0.value > 0 }
    }

    private enum CodingKeys: CodingKey {
        case problem, level, judged, correct, greedy, flagged
    }
}

extension ProblemOutcome {
    /// Writes flags only where there are any, so that a record of an unsuspicious policy is no longer for them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(problem, forKey: .problem)
        try container.encode(level, forKey: .level)
        try container.encode(judged, forKey: .judged)
        try container.encode(correct, forKey: .correct)
        try container.encodeIfPresent(greedy, forKey: .greedy)
        if !flagged.isEmpty { try container.encode(flagged, forKey: .flagged) }
    }

    /// Refuses counts that contradict each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let judged = try container.decodeCount(forKey: .judged, in: 0...CountLimits.samples)
        let flagged = try container.decodeIfPresent([String: Int].self, forKey: .flagged) ?? [:]
        guard flagged.values.allSatisfy((0...CountLimits.samples + 1).contains) else {
            throw DecodingError.dataCorruptedError(
                forKey: .flagged, in: container, debugDescription: "a problem has not 0 to \(CountLimits.samples + 1) flagged responses")
        }
        self.init(
            problem: try container.decode(String.self, forKey: .problem), level: try container.decode(Int.self, forKey: .level),
            judged: judged, correct: try container.decodeCount(forKey: .correct, in: 0...judged),
            greedy: try container.decodeIfPresent(Bool.self, forKey: .greedy),
            flagged: flagged)
    }
}
