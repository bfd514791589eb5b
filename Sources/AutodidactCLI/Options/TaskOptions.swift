import ArgumentParser
import Autodidact
import TaskLibrary

/// A task and its levels, for commands that take them without a recipe.
struct TaskOptions: ParsableArguments {
    @Option(help: "The task, one of 'autodidact tasks'.")
    var task = RunOptions.defaultTask

    @Option(parsing: .upToNextOption, help: "Levels of the task to mix evenly. (default: the task's own)")
    var level: [Int] = []

    /// The task.
    ///
    /// - Throws: `UnknownTask`, or `SettingsError` for a level that it does not have.
    func family() throws -> any TaskFamily {
        let family = try TaskCatalogue.family(named: task)
        let known = family.card.levels.map(\.number)
        if let unknown = level.first(where: { !known.contains($0) }) {
            let list = known.map(String.init).joined(separator: ", ")
            throw BadInput("--level is \(unknown); allowed: the levels of \(family.card.slug): \(list)")
        }
        return family
    }
}
