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
            let (cards, console) = (TaskCatalogue.cards, output.console)
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
        @OptionGroup var programs: ProgramOptions
        @OptionGroup var output: OutputOptions

        mutating func run() async throws {
            let (name, console) = (name, output.console)
            let description = try await ProgramHost.with(programs.confinement) { programs in
                let family = try programs.family(named: name)
                try await programs.prepare(for: console)
                return await TaskDescription(family)
            }
            try console.show(description, text: description.text(color: console.color))
        }
    }
}
