import ArgumentParser
import Autodidact
import Backends
import LanguageModel
import Reports
import RunStore
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

    @Option(help: "Count the tokens of prompts as this model sees them: a name from 'autodidact models', a directory, or tinker+…")
    var model: String?

    @Option(
        help: ArgumentHelp(
            "Measure the model too, on so many held-out problems with \(EvaluationSettings().samplesPerProblem) samples each.",
            valueName: "n"),
        transform: WholeNumber.reader(1...CountLimits.items))
    var problems: Int?

    @Option(help: ArgumentHelp("\(ConversationHelp.text).", valueName: "format"))
    var conversation = ConversationFormat.automatic

    @Option(
        name: .customLong("set"), parsing: .upToNextOption,
        help: ArgumentHelp("Where the tokenizer of a tinker+… model lies: backend.tokenizer=DIR.", valueName: "key=value"))
    var assignments: [String] = []

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try ConversationHelp.check(conversation)
        guard model == nil else {
            if problems == nil, engine.count != nil { throw ValidationError("--cores would have no effect without --problems") }
            return
        }
        let given = [
            ("--conversation", conversation != ConversationFormat.automatic), ("--models", models.folder != nil),
            ("--problems", problems != nil), ("--cores", engine.count != nil), ("--set", !assignments.isEmpty),
        ]
        for (option, isGiven) in given where isGiven {
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
        let cores = problems == nil ? Cores(1) : engine.cores
        let reader = try model.map {
            try PromptReader(ModelName($0, on: try models.shelf()), conversation: conversation, assignments: assignments, cores: cores)
        }
        if let reader, problems != nil, reader.policy == nil {
            throw BadInput("--problems measures a model on this machine; measure '\(reader.name)' with 'autodidact eval'")
        }
        let measured = problems
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
                var examination = try await TaskExamination(
                    task.with(maximumTokens: room), faults: faults, reader: reader, taught: reader?.taughtTasks ?? [],
                    tell: console.note)
                try Task.checkCancellation()
                if let policy = reader?.policy, let measured, examination.refusal == nil {
                    let result = try await evaluation(
                        of: await MeasuredPolicy(policy), on: task.with(maximumTokens: room), levels: [],
                        settings: EvaluationSettings(problems: measured), clock: SystemClock())
                    examination.accuracy = EvalResultJSON(model: policy.name, task: task.card.slug, result: result)
                }
                return examination
            }
        }
        try console.show(examination, text: examination.text(color: console.color))
        if let refusal = examination.refusal { throw BadInput(refusal) }
    }
}
