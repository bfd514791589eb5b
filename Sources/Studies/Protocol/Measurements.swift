public import Autodidact

/// What one arm measured with one seed: named figures, and figures that have a course.
public struct Measurements: Sendable, Hashable, Codable {
    /// The figures by name.
    public private(set) var values: [String: Double]
    /// The courses by name.
    public private(set) var series: [String: StudySeries]
    /// How many problems the figures rest on; 0 where it was not said.
    public private(set) var problems: Int

    /// No figures yet.
    public init() {
        values = [:]
        series = [:]
        problems = 0
    }

    /// A figure; what is not finite is refused by the runner, by name.
    public subscript(_ name: String) -> Double? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Adds a point to a course: `step` is a generation, 0 the base.
    ///
    /// A value that is not finite says nothing and is left out.
    public mutating func append(_ value: Double, to name: String, step: Int) {
        guard value.isFinite else { return }
        series[name, default: StudySeries()].append(value, step: step)
    }

    /// Adds the figures of an evaluation: `mean@k`, `pass@k` and `greedy` with the evaluation's own k, under a prefix if wanted.
    public mutating func add(_ result: EvaluationResult, prefix: String = "") {
        for (name, value) in result.figures { values[prefix + name] = value }
        problems = max(problems, result.outcomes.count)
    }

    /// Adds the figures of an evaluation to their courses.
    public mutating func append(_ result: EvaluationResult, step: Int, prefix: String = "") {
        for (name, value) in result.figures { append(value, to: prefix + name, step: step) }
    }

    /// Adds the named figures of a generation's training to their courses.
    public mutating func append(_ metrics: [String: Double], step: Int) {
        for (name, value) in metrics { append(value, to: name, step: step) }
    }

    /// States how many problems the figures rest on.
    public mutating func rest(onProblems count: Int) { problems = count }
}

/// A figure over the generations.
public struct StudySeries: Sendable, Hashable, Codable {
    /// The generations, rising; 0 is the base.
    public private(set) var steps: [Int]
    /// The value in each.
    public private(set) var values: [Double]

    /// A course; both lists must be equally long.
    public init(steps: [Int] = [], values: [Double] = []) {
        precondition(steps.count == values.count, "\(steps.count) steps with \(values.count) values")
        self.steps = steps
        self.values = values
    }

    mutating func append(_ value: Double, step: Int) {
        precondition(steps.last.map { $0 < step } ?? true, "step \(step) does not follow \(steps)")
        steps.append(step)
        values.append(value)
    }
}

extension StudySeries {
    /// The last generation that a record can speak of.
    private static let lastStep = 1_000_000

    /// Refuses lists that do not belong together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        steps = try container.decode([Int].self, forKey: .steps)
        values = try container.decode([Double].self, forKey: .values)
        let isRising = zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }
        guard steps.count == values.count, isRising, steps.allSatisfy({ 0...Self.lastStep ~= $0 }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .steps, in: container, debugDescription: "the steps must rise from 0 on, one for each of \(values.count) values")
        }
    }
}

extension EvaluationResult {
    /// The point estimates under the names that studies use.
    fileprivate var figures: [(name: String, value: Double)] {
        let judged = outcomes.filter { $0.judged > 0 }
        let mean = judged.reduce(0) { $0 + $1.meanCorrect } / Double(judged.count)
        let full = outcomes.filter { $0.judged >= samplesPerProblem }
        let pass =
            full.reduce(0) { $0 + passProbability(correct: $1.correct, of: $1.judged, draws: samplesPerProblem) } / Double(full.count)
        let answers = outcomes.compactMap(\.greedy)
        return [
            ("mean@\(samplesPerProblem)", mean), ("pass@\(samplesPerProblem)", pass),
            ("greedy", Double(answers.count { $0 }) / Double(answers.count)), ("length", meanTokens),
        ]
    }
}
