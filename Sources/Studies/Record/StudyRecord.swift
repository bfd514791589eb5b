/// A finished study with everything needed to run it again: the object that is `Atlas/SLUG.json`.
public struct StudyRecord: Sendable, Hashable, Codable {
    /// The slug of the recipe that is studied.
    public let slug: String
    /// The system's usual name.
    public let title: String
    /// The paper's arXiv id.
    public let arxiv: String
    /// What the paper claims.
    public let claim: String
    /// What each verdict takes, as written before the run.
    public let criterion: String
    /// What came out.
    public let verdict: StudyVerdict
    /// Every criterion with what it read.
    public let checks: [StudyCheck]
    /// What `estimate`, `low` and `high` of the arms are.
    public let quantity: StudyQuantity
    /// The courses that are drawn.
    public let curves: [StudyQuantity]
    /// How many seeds: 1, 2, … up to this.
    public let seeds: Int
    /// Which draw of problems and seeds: `StudyCard.draw`; nil for the first.
    public let draw: Int?
    /// Whether it is the form whose verdict counts.
    public let scale: StudyScale
    /// The arms, in the study's order.
    public let arms: [StudyArmRecord]
    /// What was tried and learned.
    public let notes: [String]
    /// The model that every arm began with.
    public let model: StudyModel
    /// Versions that decide results: engine, instruction set, toolchain.
    public let versions: [String: String]
    /// What makes the same study again.
    public let command: String
}

/// The model of a study.
public struct StudyModel: Sendable, Hashable, Codable {
    /// As it was named.
    public let name: String
    /// SHA-256 of its weights.
    public let weightsHash: String

    /// A model.
    public init(name: String, weightsHash: String) {
        self.name = name
        self.weightsHash = weightsHash
    }
}

/// One arm over all seeds.
public struct StudyArmRecord: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// What it does.
    public let summary: String
    /// The mean over seeds of the study's quantity.
    public let estimate: Double
    /// The lower end of its 95 % Student-t interval over seeds.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// Problems that the quantity rests on, the same for every seed; 0 where the arm did not say.
    public let problems: Int
    /// `equal`, or why it has a budget of its own.
    public let budget: String
    /// Tokens, seed by seed.
    public let tokens: [StudyTokens]
    /// Wall seconds, seed by seed: measured on whatever machine it was.
    public let measuredSeconds: [Double]
    /// Every figure.
    public let measurements: [String: StudyMeasurement]
    /// Every course, seed by seed.
    public let series: [String: [StudySeries]]
    /// All that decides its result.
    public let settings: [String: String]
}

/// A figure of an arm over all seeds.
public struct StudyMeasurement: Sendable, Hashable, Codable {
    /// The mean over seeds.
    public let estimate: Double
    /// The lower end of its 95 % Student-t interval.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// The values, seed by seed.
    public let values: [Double]
}
