public import Autodidact

/// What a study says of its system.
public enum StudyVerdict: String, Sendable, Hashable, Codable {
    /// Every check that counts holds.
    case reproduced
    /// Not every one, but a core one.
    case partly
    /// No core check holds.
    case notReproduced = "not reproduced"

    /// The verdict that checks give.
    public init(_ checks: [StudyCheck]) {
        if checks.allSatisfy({ $0.holds || $0.weight == .reported }) {
            self = .reproduced
        } else {
            self = checks.contains { $0.holds && $0.weight == .core } ? .partly : .notReproduced
        }
    }
}

/// A criterion after the run: what was asked, and what came out.
public struct StudyCheck: Sendable, Hashable, Codable {
    /// The criterion's name.
    public let name: String
    /// What had to hold, as written before the run.
    public let text: String
    /// How much it counts.
    public let weight: StudyCriterion.Weight
    /// Whether it holds.
    public let holds: Bool
    /// The figures it read.
    public let figures: [StudyFigure]

    /// A check that was made.
    public init(name: String, text: String, weight: StudyCriterion.Weight, holds: Bool, figures: [StudyFigure]) {
        self.name = name
        self.text = text
        self.weight = weight
        self.holds = holds
        self.figures = figures
    }
}

/// A figure that a criterion read.
public struct StudyFigure: Sendable, Hashable, Codable {
    /// What it is.
    public let name: String
    /// Its value.
    public let estimate: Double
    /// The interval's lower end, where it has an interval.
    public let low: Double?
    /// The interval's upper end.
    public let high: Double?

    /// A figure without an interval.
    public init(_ name: String, _ value: Double) {
        self.name = name
        estimate = value
        low = nil
        high = nil
    }

    /// A figure with its interval.
    public init(_ name: String, _ value: Estimate) {
        self.name = name
        estimate = value.value
        low = value.low
        high = value.high
    }
}
