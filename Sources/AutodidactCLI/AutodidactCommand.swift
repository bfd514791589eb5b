import ArgumentParser
import Tensors

/// The command line: parses, runs the command, and turns every failure into one line and an exit code.
@main
struct AutodidactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "autodidact",
        abstract: "A language model teaches itself a task that can be checked, and proves that it got better.",
        discussion: """
            Start with 'autodidact run': it takes the embedded base model, lets it practise, keeps only what is better on problems it \
            has not seen, and ends with a paired comparison and an HTML report.

            Exit codes: 0 done, 1 the work failed, 2 wrong usage or bad input, 130 interrupted.
            """,
        version: Versions.engine,
        subcommands: [
            RunCommand.self, PlanCommand.self, CheckCommand.self, EvalCommand.self, RecipesCommand.self, TasksCommand.self,
            ModelsCommand.self, RunsCommand.self, RollbackCommand.self, ReportCommand.self, ExportCommand.self, ServeCommand.self,
            StudyCommand.self, PretrainCommand.self, BenchCommand.self, DoctorCommand.self,
        ]
    )

    static func main() async {
        Allocator.returnLargeBlocks()
        Interruption.shared.watch()
        do {
            let words = CommandLineWords(Array(CommandLine.arguments.dropFirst()))
            try words.check()
            var command = try parseAsRoot(words.all)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Ending(of: error, arguments: Array(CommandLine.arguments.dropFirst())).leave()
        }
    }
}
