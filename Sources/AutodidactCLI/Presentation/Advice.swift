import Autodidact
import Recipes
import Reports
import TaskLibrary

/// What may be done where a model does not know what a run asks of it.
enum Advice {
    /// Said before the work: the base model was never taught what the recipe asks for on this task; nil where nothing is known against it.
    static func beforehand(recipe: any Recipe, task: any TaskFamily, model: String) -> String? {
        guard model == RunOptions.defaultModel, asksTwice(recipe, at: task), !revisedTasks.contains(task.card.slug) else { return nil }
        return "\(twice(type(of: recipe).card.slug)), and '\(model)' has learned second answers only at "
            + "\(revisedTasks.joined(separator: ", ")); at '\(task.card.slug)' it may solve nothing: \(remedy)"
    }

    /// Said after a run that promoted nothing.
    static func nothingLearned(_ summary: RunSummary, _ manifest: RunManifest) -> String {
        summary.solvedNothing ? nothingSolved(manifest) : nothingPromoted(manifest)
    }

    /// Said after a run of which no candidate was kept, so that only the base could be exported.
    private static func nothingPromoted(_ manifest: RunManifest) -> String {
        let hasLevels = TaskCatalogue.cards.contains { $0.slug == manifest.task && $0.levels.count > 1 }
        return "there is only the base, and nothing to export; the report says why each candidate was refused. Try more generations "
            + "(--generations), \(hasLevels ? "other problems (--level), " : "")another recipe ('autodidact recipes'), or more held-out "
            + "problems, on which smaller gains show (--set evaluation.problems=N)"
    }

    /// Said after a run whose model solved none of the sealed problems; its recipe and task may be of another version's catalogue.
    static func nothingSolved(_ manifest: RunManifest) -> String {
        let level = "take easier problems (--level 1), another task or another model"
        let eval = "; 'autodidact eval' says what a model solves"
        let recipe = RecipeCatalogue.all.first { $0.card.slug == manifest.recipe }
        let asksTwice = recipe.map { Self.asksTwice($0) } ?? false
        if let file = manifest.taskFile {
            return nothingAccepted(file) + (asksTwice ? "; \(twice(manifest.recipe)), and the second answer counts" : "")
        }
        guard asksTwice else { return level + eval }
        guard manifest.model == RunOptions.defaultModel, !revisedTasks.contains(manifest.task) else {
            return "\(twice(manifest.recipe)), and the second answer counts: take a model that knows such requests, or "
                + "a recipe of one answer, such as \(RunOptions.defaultRecipe); or \(level)"
        }
        return "\(twice(manifest.recipe)), and '\(manifest.model)' has learned second answers only at "
            + "\(revisedTasks.joined(separator: ", ")): \(remedy)"
    }

    private static func twice(_ recipe: String) -> String { "recipe '\(recipe)' asks for a second answer" }

    private static var remedy: String {
        "take " + revisedTasks.map { "--task \($0)" }.joined(separator: " or ") + ", or a recipe of one answer, such as "
            + RunOptions.defaultRecipe
    }

    /// The tasks whose second answers the base model has seen.
    private static var revisedTasks: [String] {
        PretrainingPlan().mixture.filter { $0.form == .revision }.reduce(into: []) { if !$0.contains($1.task) { $0.append($1.task) } }
    }

    /// Whether a recipe makes a task of one turn into one of several.
    private static func asksTwice(_ recipe: any Recipe, at task: any TaskFamily) -> Bool {
        recipe.usage(of: task).maximumTurns > task.card.maximumTurns
    }

    private static func asksTwice(_ recipe: any Recipe.Type) -> Bool {
        func made<R: Recipe>(_ type: R.Type) -> any Recipe { R(settings: R.Settings()) }
        return TaskCatalogue.families.contains { recipe.card.misfits(with: $0.card).isEmpty && asksTwice(made(recipe), at: $0) }
    }
}

extension ComposedRun {
    /// What speaks against the run: what its model, of which the card states these tasks, was not taught; nil where nothing is known to.
    func advice(model: String, taught: [String]) -> String? {
        Advice.untaught(task: family, model: model, taught: taught) ?? Advice.beforehand(recipe: recipe, task: family, model: model)
    }

    /// What people should know before the run: what its task's file leaves out, and what its model was not taught; nil where nothing is.
    func notes(model: String, taught: [String]) -> String? {
        let notes = [task.note, advice(model: model, taught: taught).map { "note: " + $0 }].compactMap(\.self)
        return notes.isEmpty ? nil : notes.joined(separator: "\n")
    }
}
