import Autodidact
import Backends
import Reports
import TaskLibrary

/// What a base model does on one level of a task, on held-out problems.
struct LevelFigures: Encodable, Sendable {
    let task: String
    let level: Int
    /// Whether a run takes this level unless told otherwise.
    let isDefault: Bool
    let n: Int
    let k: Int
    let greedy: Estimate
    let meanAtK: Estimate
    let passAtK: Estimate

    /// The figures of every level of every task.
    static func measure(
        _ policy: EmbeddedPolicy, problems: Int, clock: any WorldClock, report: (String) -> Void
    ) async throws -> [LevelFigures] {
        var figures: [LevelFigures] = []
        for family in TaskCatalogue.families {
            for level in family.card.levels.map(\.number) {
                let result = try await evaluation(
                    of: await MeasuredPolicy(policy), on: family, levels: [level], settings: EvaluationSettings(problems: problems),
                    clock: clock)
                figures.append(LevelFigures(result, card: family.card, level: level))
                report("measured \(family.card.slug) level \(level)")
            }
        }
        return figures
    }

    /// The figures for people.
    static func text(_ figures: [LevelFigures], color: TerminalColor) -> String {
        table(
            columns: heads.map { TextColumn($0) },
            rows: figures.map(\.cells), color: color)
    }

    /// The headings of `cells`.
    static let heads = ["task", "level", "n", "greedy", "mean@8", "pass@8"]

    /// One row: each figure with its 95 % interval, in percent.
    var cells: [String] {
        [task, "\(level)" + (isDefault ? " (default)" : ""), "\(n)"]
            + [greedy, meanAtK, passAtK].map { "\(Figures.percent($0.value)) \(Figures.interval($0))" }
    }

    private init(_ result: EvaluationResult, card: TaskCard, level: Int) {
        (task, self.level, isDefault) = (card.slug, level, card.defaultLevels.contains(level))
        (n, k) = (result.outcomes.count, result.samplesPerProblem)
        (greedy, meanAtK) = (result.greedyAccuracy(), result.meanAtK())
        passAtK = result.passAt(result.samplesPerProblem)
    }
}
