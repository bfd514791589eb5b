import ArgumentParser
import Autodidact
import TaskLibrary

/// A task and its levels, for commands that take them without a recipe.
struct TaskOptions: ParsableArguments {
    static let help = "The task: one of 'autodidact tasks', or a file of JSON lines (its name ends in .jsonl or has a slash)."

    @Option(help: "\(help)")
    var task = RunOptions.defaultTask

    @OptionGroup var own: OwnTaskOptions

    @Option(
        name: .customLong("level"), parsing: .upToNextOption,
        help: ArgumentHelp("Levels of the task to mix evenly, such as 1,2. (default: the task's own)", valueName: "level"),
        transform: WholeNumber.levels)
    var lists: [[Int]] = []

    /// The levels that were named; empty for the task's own.
    var level: [Int] { Array(lists.joined()) }

    /// The task; one that runs programs runs them in `programs`.
    ///
    /// - Throws: `UnknownTask`, `OwnTaskError`, or `BadInput` for a level that it does not have, or options that it does not read.
    func opened(programs: ProgramHost) throws -> OpenedTask {
        let task = try OpenedTask(task, options: own, programs: programs).with(maximumTokens: own.maximumTokens ?? 0)
        let known = task.family.card.levels.map(\.number)
        if let unknown = level.first(where: { !known.contains($0) }) {
            let list = known.map(String.init).joined(separator: ", ")
            throw BadInput("--level is \(unknown); allowed: the levels of \(task.family.card.slug): \(list)")
        }
        return task
    }
}
