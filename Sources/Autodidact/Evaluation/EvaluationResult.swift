/// A policy's evaluation on a fixed list of problems.
public struct EvaluationResult: Sendable, Hashable, Codable {
    /// Which part of the task was read.
    public let split: Split
    /// Samples drawn for each problem, at `temperature`.
    public let samplesPerProblem: Int
    /// The sampling temperature of those; the greedy response is drawn apart.
    public let temperature: Float
    /// SHA-256 of the weights evaluated.
    public let weightsHash: String
    /// One outcome for each problem, in the order of the list.
    public let outcomes: [ProblemOutcome]
    /// Tokens sampled in all.
    public let tokens: Int
    /// Mean length of the samples in tokens.
    public let meanTokens: Double
    /// Verdicts that were unscorable, greedy responses included.
    public let unscorable: Int
    /// How the responses look; nil in evaluations that were recorded before it was measured.
    public let conduct: Conduct?
    /// The same policy on the tasks that the run protects; empty where it protects none.
    public let skills: [SkillResult]

    /// A finished evaluation.
    public init(
        split: Split, samplesPerProblem: Int, temperature: Float, weightsHash: String, outcomes: [ProblemOutcome], tokens: Int,
        meanTokens: Double, unscorable: Int, conduct: Conduct? = nil, skills: [SkillResult] = []
    ) {
        self.split = split
        self.samplesPerProblem = samplesPerProblem
        self.temperature = temperature
        self.weightsHash = weightsHash
        self.outcomes = outcomes
        self.tokens = tokens
        self.meanTokens = meanTokens
        self.unscorable = unscorable
        self.conduct = conduct
        self.skills = skills
    }
}

extension EvaluationResult {
    /// An evaluation as it was recorded, by this version or an earlier one; counts that contradict each other are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            split: try container.decode(Split.self, forKey: .split),
            samplesPerProblem: try container.decodeCount(forKey: .samplesPerProblem, in: 1...CountLimits.samples),
            temperature: try container.decode(Float.self, forKey: .temperature),
            weightsHash: try container.decode(String.self, forKey: .weightsHash),
            outcomes: try container.decode([ProblemOutcome].self, forKey: .outcomes),
            tokens: try container.decodeCount(forKey: .tokens), meanTokens: try container.decode(Double.self, forKey: .meanTokens),
            unscorable: try container.decodeCount(forKey: .unscorable),
            conduct: try container.decodeIfPresent(Conduct.self, forKey: .conduct),
            skills: try container.decodeIfPresent([SkillResult].self, forKey: .skills) ?? [])
        guard outcomes.allSatisfy({ $0.judged <= samplesPerProblem }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .outcomes, in: container, debugDescription: "a problem has more than \(samplesPerProblem) judged samples")
        }
        guard outcomes.allSatisfy({ $0.flagged.values.allSatisfy { $0 <= responsesPerProblem } }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .outcomes, in: container, debugDescription: "a problem has more than \(responsesPerProblem) flagged responses")
        }
    }
}

/// A number with its interval; `low` and `high` bound the central 95 % unless said otherwise.
public struct Estimate: Sendable, Hashable, Codable {
    /// The point estimate.
    public let value: Double
    /// The interval's lower end.
    public let low: Double
    /// The interval's upper end.
    public let high: Double

    /// An estimate with its interval.
    public init(_ value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// Two policies on the same problems: everything that decides between them.
public struct PairedComparison: Sendable, Hashable, Codable {
    /// Problems compared.
    public let n: Int
    /// Mean over problems of (candidate − incumbent) mean@k, with its paired bootstrap interval.
    public let meanAtK: Estimate
    /// Two-sided p-value of that difference: paired sign-flip permutation test.
    public let pValue: Double
    /// The difference in greedy accuracy.
    public let greedyDifference: Double
    /// Problems whose greedy response became correct.
    public let won: Int
    /// Problems whose greedy response became wrong.
    public let lost: Int
    /// Exact two-sided McNemar p-value of won against lost.
    public let mcNemarP: Double

    /// A finished comparison.
    public init(
        n: Int, meanAtK: Estimate, pValue: Double, greedyDifference: Double, won: Int, lost: Int, mcNemarP: Double
    ) {
        self.n = n
        self.meanAtK = meanAtK
        self.pValue = pValue
        self.greedyDifference = greedyDifference
        self.won = won
        self.lost = lost
        self.mcNemarP = mcNemarP
    }
}
