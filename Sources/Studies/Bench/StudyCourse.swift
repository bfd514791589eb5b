public import Autodidact

/// The plain course of an arm: so many generations of a recipe on a task, measured after each and at the end.
public struct StudyCourse: Sendable {
    /// The task that is practised and measured.
    public var family: any TaskFamily
    /// Its levels; the task's own choice where empty.
    public var levels: [Int]
    /// How many generations.
    public var generations: Int
    /// How the policy meets the problems it is measured on, the same for every arm; in the task's own environments where nil.
    public var usage: StudyUsage?
    /// How the end, and the base, is measured.
    public var evaluation: EvaluationSettings
    /// How each generation is measured; as the end where nil.
    public var curve: EvaluationSettings?

    /// A course.
    public init(
        _ family: any TaskFamily, levels: [Int] = [], generations: Int, usage: StudyUsage? = nil, evaluation: EvaluationSettings,
        curve: EvaluationSettings? = nil
    ) {
        self.family = family
        self.levels = levels
        self.generations = generations
        self.usage = usage
        self.evaluation = evaluation
        self.curve = curve
    }

    /// Its settings as text.
    public var settings: [String: String] {
        let levels = levels.isEmpty ? family.card.defaultLevels : levels
        var all = [
            "task": family.card.slug, "levels": levels.map(String.init).joined(separator: ","), "generations": "\(generations)",
            "verifier": family.verifier.version,
        ]
        if let usage { all["evaluation.usage"] = usage.name }
        for (group, settings) in [("evaluation", evaluation), ("curve", curve ?? evaluation)] {
            for (key, value, _) in SettingsTree(defaults: settings).keys where key != "sealedProblems" { all["\(group).\(key)"] = value }
        }
        return all
    }

    /// Follows a recipe on a bench.
    ///
    /// The courses are `mean@k`, `pass@k`, `greedy` and `length` from the base (0) on, and the named figures of each generation's
    /// training; the figures are those of the end.
    /// - Throws: What the bench throws.
    public func follow(_ recipe: any Recipe, on bench: StudyBench) async throws -> Measurements {
        var measurements = Measurements()
        measurements.append(try await measure(curve ?? evaluation, on: bench), step: 0)
        try await bench.train(recipe, on: family, levels: levels, generations: generations) { generation in
            measurements.append(generation.metrics, step: generation.number)
            measurements.append(try await measure(curve ?? evaluation, on: bench), step: generation.number)
        }
        measurements.add(try await measure(evaluation, split: .sealed, on: bench))
        return measurements
    }

    /// The base as it is, on the same problems.
    ///
    /// - Throws: What the bench throws.
    public func base(on bench: StudyBench) async throws -> Measurements {
        var measurements = Measurements()
        measurements.add(try await measure(evaluation, split: .sealed, on: bench))
        return measurements
    }

    /// The policy as it now is: its course on held-out problems, which settings may have been tried on, its end on sealed ones.
    private func measure(
        _ settings: EvaluationSettings, split: Split = .heldOut, on bench: StudyBench
    ) async throws -> EvaluationResult {
        var settings = settings
        settings.sealedProblems = settings.problems
        return try await bench.evaluate(on: family, levels: levels, split: split, usage: usage, settings)
    }
}

extension StudyArm {
    /// An arm that follows a recipe along a course.
    ///
    /// - Parameter atEnd: Measures more, when the policy is at the end of the course.
    /// - Throws: `SettingsError` where the recipe's settings do not fit.
    public static func training<R: Recipe>(
        _ name: String, _ summary: String, _ recipe: R.Type, _ settings: R.Settings, along course: StudyCourse,
        budget: Budget = .equal,
        atEnd: @escaping @Sendable (StudyBench, inout Measurements) async throws -> Void = { _, _ in }
    ) throws(SettingsError) -> StudyArm {
        try settings.validate()
        return StudyArm(name, summary, budget: budget, settings: course.settings.merging(Self.text(of: settings, in: recipe)) { $1 }) {
            var measurements = try await course.follow(R(settings: settings), on: $0)
            try await atEnd($0, &measurements)
            return measurements
        }
    }

    /// The base model, which learns nothing.
    ///
    /// - Parameter atEnd: Measures more.
    public static func base(
        _ name: String = "base", along course: StudyCourse,
        atEnd: @escaping @Sendable (StudyBench, inout Measurements) async throws -> Void = { _, _ in }
    ) -> StudyArm {
        StudyArm(name, "the base model, untrained", budget: .own(because: "it does not train"), settings: course.settings) {
            var measurements = try await course.base(on: $0)
            try await atEnd($0, &measurements)
            return measurements
        }
    }

    /// The settings of a recipe as text: `recipe`, its slug, and `recipe.KEY` for each key.
    public static func text<R: Recipe>(of settings: R.Settings, in recipe: R.Type) -> [String: String] {
        let keys = SettingsTree(defaults: settings).keys
        return keys.reduce(into: ["recipe": R.card.slug]) { $0["recipe." + $1.key] = $1.value }
    }
}
