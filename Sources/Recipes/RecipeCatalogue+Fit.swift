public import Autodidact

extension RecipeCatalogue {
    /// The recipes that can practise a task with a policy of these capabilities, in the order of the catalogue.
    public static func fitting(_ task: TaskCard, capabilities: Set<Capability> = Set(Capability.allCases)) -> [RecipeCard] {
        all.map { $0.card }.filter { $0.misfits(with: task, capabilities: capabilities).isEmpty }
    }

    /// Passes a recipe that can practise a task with a policy of these capabilities.
    ///
    /// - Parameter tasks: Those that could be practised instead.
    /// - Throws: `RecipeMismatch` with what is missing, the recipes that would fit, and the tasks that would.
    public static func check(
        _ card: RecipeCard, on task: TaskCard, among tasks: [TaskCard] = [], capabilities: Set<Capability> = Set(Capability.allCases)
    ) throws(RecipeMismatch) {
        let misfits = card.misfits(with: task, capabilities: capabilities)
        guard !misfits.isEmpty else { return }
        throw RecipeMismatch(
            recipe: card.slug, task: task.slug, misfits: misfits,
            fitting: fitting(task, capabilities: capabilities).map(\.slug),
            fittingTasks: tasks.filter { card.misfits(with: $0, capabilities: capabilities).isEmpty }.map(\.slug))
    }
}

/// A recipe that cannot practise a task; reported before any work.
public struct RecipeMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// The recipe's slug.
    public let recipe: String
    /// The task's slug.
    public let task: String
    /// What the recipe needs and is not there.
    public let misfits: [RecipeMisfit]
    /// The slugs of recipes that would fit the task.
    public let fitting: [String]
    /// The slugs of tasks that would fit the recipe, among those that were looked at.
    public let fittingTasks: [String]

    /// One sentence for people.
    public var description: String {
        "recipe '\(recipe)' on task '\(task)' needs " + misfits.map(\.description).joined(separator: "; and ")
            + (fitting.isEmpty ? noFit : "; recipes that fit this task: \(fitting.joined(separator: ", "))")
            + (fittingTasks.isEmpty ? "" : "; tasks that fit this recipe: \(fittingTasks.joined(separator: ", "))")
    }

    private var noFit: String {
        let isOfPolicy = misfits.contains { if case .lacks = $0 { true } else { false } }
        return isOfPolicy ? "; no recipe fits such a policy, which 'autodidact eval' can measure" : "; no recipe fits this task"
    }
}
