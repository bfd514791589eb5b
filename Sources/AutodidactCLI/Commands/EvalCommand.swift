import ArgumentParser
import Autodidact
import Backends
import LanguageModel
import Reports
import RunStore

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Measure a model on held-out problems, or compare two.",
        discussion: "The problems are the same for all models: those that the gate of a run reads.")

    @Option(help: "The model: a name from 'autodidact models', or a directory.")
    var model: String

    @Option(help: ArgumentHelp("Measure the model with this adapter, a directory of PEFT's.", valueName: "dir"))
    var adapter: String?

    @OptionGroup var task: TaskOptions

    @OptionGroup var programs: ProgramOptions

    @Option(
        name: .customLong("k"), help: "Samples of each problem. (default: \(EvaluationSettings().samplesPerProblem))",
        transform: WholeNumber.reader(1...CountLimits.samples))
    var samplesPerProblem = EvaluationSettings().samplesPerProblem

    @Option(
        help: "Held-out problems. (default: \(EvaluationSettings().problems))", transform: WholeNumber.reader(1...CountLimits.items))
    var problems: Int?

    @Option(help: ArgumentHelp("Compare it with this model, on the same problems.", valueName: "model"))
    var compare: String?

    @Option(help: ArgumentHelp("\(ConversationHelp.text).", valueName: "format"))
    var conversation = ConversationFormat.automatic

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        for (name, value, most) in [("k", samplesPerProblem, CountLimits.samples), ("problems", problems ?? 1, CountLimits.items)]
        where value < 1 || value > most {
            throw ValidationError("--\(name) is \(value); allowed: from 1 up to \(most)")
        }
        try ConversationHelp.check(conversation)
    }

    mutating func run() async throws {
        try await ProgramHost.with(programs.confinement) { try await evaluate(programs: $0) }
    }

    /// Measures what was asked for, with its programs in `programs`.
    private func evaluate(programs: ProgramHost) async throws {
        let (console, shelf, opened) = (output.console, try models.shelf(), try task.opened(programs: programs))
        let (family, levels) = (opened.family, task.level)
        try opened.checkHeldOut(levels: levels)
        let settings = EvaluationSettings(problems: problems ?? EvaluationSettings().problems, samplesPerProblem: samplesPerProblem)
        let first = try OpenedModel(model, on: shelf).policy(engine.cores, conversation: conversation, adapterFolder: adapter)
        let second = try compare.map { try OpenedModel($0, on: shelf).policy(engine.cores, conversation: conversation) }
        for policy in [first, second].compactMap(\.self) { try opened.checkPrompts(for: policy, levels: levels) }
        try await programs.prepare(for: console, judging: opened)
        if let note = opened.note { console.note(note) }
        let results = try await Interruption.shared.stopping {
            console.note("stopping")
        } perform: {
            var results: [EvaluationResult] = []
            for policy in [first, second].compactMap(\.self) {
                results.append(try await measure(policy, on: family, levels: levels, settings: settings, console: console))
            }
            return results
        }
        let task = family.card.slug
        let count = results[0].outcomes.count
        if let problems, count < problems {
            let place = levels.isEmpty ? "" : " on these levels"
            console.note("note: '\(task)' has only \(counted(count, "held-out problem"))\(place), not \(problems)")
        }
        let plain = EvalResultJSON(model: first.name, task: task, result: results[0])
        guard let second else {
            return try console.show(
                plain, text: evaluationText(model: first.name, task: task, result: results[0], color: console.color))
        }
        let comparison = try PairedComparison.between(incumbent: results[1], candidate: results[0])
        let compared = EvalResultJSON(model: second.name, task: task, result: results[1])
        try console.show(
            ComparedEvaluation(result: plain, compare: compared, comparison: comparison),
            text: comparisonText(
                task: task, incumbent: (second.name, results[1]), candidate: (first.name, results[0]), comparison: comparison,
                color: console.color))
    }
}

/// One policy on the held-out problems, with a live display where stderr is a terminal.
private func measure(
    _ policy: EmbeddedPolicy, on family: any TaskFamily, levels: [Int], settings: EvaluationSettings, console: Console
) async throws -> EvaluationResult {
    let clock = SystemClock()
    let view = RunView(
        title: "\(shortName(policy.name)) on \(family.card.slug)", style: console.redraws ? .live : .lines, console: console, clock: clock)
    defer { view.close() }
    return try await evaluation(
        of: policy, on: family, levels: levels, settings: settings, clock: clock, events: view.receive)
}
