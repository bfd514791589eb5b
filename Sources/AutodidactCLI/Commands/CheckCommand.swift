import ArgumentParser
import Autodidact
import Backends
import LanguageModel
import TaskLibrary
import Tensors

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a file of problems and its verifier, before a run.",
        discussion: """
            Every line with a fault is listed, and what a run would take for training, held-out and sealed problems. Exit code 2 where a \
            run would refuse the file.
            """)

    @Argument(help: "A file of JSON lines: its name ends in .jsonl or has a slash.") var task: String

    @OptionGroup var own: OwnTaskOptions

    @OptionGroup var programs: ProgramOptions

    @Option(help: "Count the tokens of prompts as this model sees them: a name from 'autodidact models', or a directory.")
    var model: String?

    @Option(help: ArgumentHelp("\(ConversationHelp.text).", valueName: "format"))
    var conversation = ConversationFormat.automatic

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try ConversationHelp.check(conversation)
        guard model == nil else { return }
        for (option, isGiven) in [("--conversation", conversation != ConversationFormat.automatic), ("--models", models.folder != nil)]
        where isGiven {
            throw ValidationError("\(option) would have no effect without --model")
        }
        if own.maximumTokens != nil { throw ValidationError("--maximum-tokens would have no effect without --model") }
    }

    mutating func run() async throws {
        guard OpenedTask.isFile(task) else {
            if TaskName.looksLikeFile(task) { throw TaskName.refusal(of: task) }
            throw BadInput("'\(task)' is not the path of a file of JSON lines; tasks that come with Autodidact are checked by its tests")
        }
        let (path, console, own) = (task, output.console, own)
        let opened = try model.map { try OpenedModel($0, on: try models.shelf()) }
        let policy = try opened?.policy(Cores(1), conversation: conversation)
        let confinement = programs.confinement
        let examination = try await Interruption.shared.stopping {
            console.note("stopping")
        } perform: {
            try await ProgramHost.with(confinement) { programs in
                let judge = try own.judge(programs: programs)
                let bytes = try OpenedTask.bytes(of: path)
                let (task, faults) = try JSONLTask.examine(bytes, file: path, fields: own.fields, judge: judge)
                try await programs.prepare(for: console)
                let room = own.maximumTokens ?? JSONLTask.defaultMaximumTokens
                let examination = await TaskExamination(
                    task.with(maximumTokens: room), faults: faults, policy: policy, taught: opened?.taughtTasks ?? [],
                    tell: console.note)
                try Task.checkCancellation()
                return examination
            }
        }
        try console.show(examination, text: examination.text(color: console.color))
        if let refusal = examination.refusal { throw BadInput(refusal) }
    }
}
