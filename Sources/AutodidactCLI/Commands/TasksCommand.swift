import ArgumentParser
import Autodidact
import Reports
import TaskLibrary

struct TasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "The families of problems that a model can practise.", subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all tasks, one line each.")

        @OptionGroup var output: OutputOptions

        mutating func run() throws {
            let (cards, console) = (TaskCatalogue.families.map(\.card), output.console)
            try console.show(
                cards,
                text: table(
                    columns: [TextColumn("task"), TextColumn("levels"), TextColumn("default"), TextColumn("what it asks")],
                    rows: cards.map { [$0.slug, numbers($0.levels.map(\.number)), numbers($0.defaultLevels), $0.summary] },
                    width: console.width, color: console.color))
        }

        private func numbers(_ levels: [Int]) -> String { levels.map(String.init).joined(separator: ",") }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one task: its levels, and an example of each with a right answer.")

        @Argument(help: "One of 'autodidact tasks'.") var name: String
        @OptionGroup var output: OutputOptions

        mutating func run() async throws {
            let (family, console) = (try TaskCatalogue.family(named: name), output.console)
            let description = await TaskDescription(family)
            try console.show(description, text: description.text(color: console.color))
        }
    }
}
