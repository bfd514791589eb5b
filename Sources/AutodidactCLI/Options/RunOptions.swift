import ArgumentParser
import Autodidact
import LanguageModel
import Recipes
import TaskLibrary

/// What is said of conversation formats where one can be chosen.
enum ConversationHelp {
    static let text = "How the model is prompted: \(names)"

    private static var names: String { ConversationFormat.names.joined(separator: ", ") }

    /// What is allowed, for what is no name of a format; nil for one that is.
    static func refusal(of name: String) -> String? { ConversationFormat.names.contains(name) ? nil : names }

    /// The commands that take a format.
    static let commands: Set = ["run", "plan", "eval", "check", "serve", "models show"]

    /// How a format is named on the command line, to be said after an error that asks for one; nil for other errors and commands.
    static func remedy(for error: any Error, words: [String]) -> String? {
        guard commands.contains(where: { words.starts(with: $0.split(separator: " ").map(String.init)) }) else { return nil }
        switch error as? ConversationError {
        case .unknownTemplate, .noDefaultTemplate, .missingMark, .unfitMark: return "Name it with --conversation."
        default: return nil
        }
    }

    /// Refuses what is no name of a format.
    static func check(_ name: String) throws(ValidationError) {
        if let allowed = refusal(of: name) { throw ValidationError("--conversation is '\(name)'; allowed: \(allowed)") }
    }
}

/// What a run is made of: the same for `run` and `plan`.
struct RunOptions: ParsableArguments {
    static let defaultRecipe = "grpo"
    static let defaultTask = "countdown"
    static let defaultModel = "seedling"

    @Argument(help: "The recipe, one of 'autodidact recipes'. (default: \(defaultRecipe))")
    var recipe: String?

    @Option(help: "\(TaskOptions.help) (default: \(defaultTask))")
    var task: String?

    @Option(help: "\(ModelName.help). (default: \(defaultModel))")
    var model: String?

    @OptionGroup var remote: RemoteOptions

    @OptionGroup var own: OwnTaskOptions

    @OptionGroup var programs: ProgramOptions

    @Option(help: "Turns of the loop; the same as --set generations=…", transform: WholeNumber.reader(1...CountLimits.generations))
    var generations: Int?

    @Option(help: "Root of all random draws; the same as --set seed=…", transform: WholeNumber.seed)
    var seed: UInt64?

    @Option(
        name: .customLong("level"), parsing: .upToNextOption,
        help: ArgumentHelp("Levels of the task to mix evenly, such as 1,2; the same as --set levels=…", valueName: "level"),
        transform: WholeNumber.levels)
    var levelLists: [[Int]] = []

    /// The levels that were named; empty for the task's own.
    var level: [Int] { Array(levelLists.joined()) }

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Tasks that must not be forgotten, such as arithmetic or countdown:1; the same as --set retention.tasks=…",
            valueName: "task[:level]"))
    var retain: [String] = []

    @Flag(
        name: .customLong("no-gate"),
        help: "Keep every candidate, for research: the run is marked as ungated; the same as --set gate.enabled=false")
    var isUngated = false

    @Option(help: ArgumentHelp("\(ConversationHelp.text); the same as --set conversation=…", valueName: "format"))
    var conversation: String?

    @Option(
        name: .customLong("set"), parsing: .upToNextOption,
        help: ArgumentHelp("Change a setting; 'autodidact plan' lists them all.", valueName: "key=value"))
    var assignments: [String] = []

    @Option(help: ArgumentHelp("Read settings from a JSON file, before --set.", valueName: "file"))
    var settings: String?

    /// What the options change in the settings.
    var changes: SettingsChanges {
        var changes = SettingsChanges(file: settings)
        if let generations { changes.assignments.append("generations=\(generations)") }
        if let seed { changes.assignments.append("seed=\(seed)") }
        if !level.isEmpty { changes.assignments.append("levels=" + level.map(String.init).joined(separator: ",")) }
        if !retain.isEmpty { changes.assignments.append("retention.tasks=" + retain.joined(separator: ",")) }
        if isUngated { changes.assignments.append("gate.enabled=false") }
        if let tokens = own.maximumTokens { changes.assignments.append("maximumTokens=\(tokens)") }
        if let conversation { changes.assignments.append("conversation=\(conversation)") }
        changes.assignments += assignments
        return changes
    }

    /// A new run, whose programs run in `host`.
    func composed(programs host: ProgramHost) throws -> ComposedRun {
        if let recipe, TaskCatalogue.cards.contains(where: { $0.slug == recipe }) {
            throw BadInput("'\(recipe)' is a task, and a recipe is expected here; did you mean '--task \(recipe)'?")
        }
        // A recipe that is not there is told before a file is read.
        _ = try RecipeCatalogue.recipe(named: recipe ?? Self.defaultRecipe)
        return try ComposedRun(
            recipe: recipe ?? Self.defaultRecipe, task: OpenedTask(task ?? Self.defaultTask, options: own, programs: host),
            changes: changes, programs: host)
    }

    /// The run that goes on; an option may repeat what it was created with, but not change it.
    func composed(resuming manifest: RunManifest, shelf: ModelShelf, programs host: ProgramHost) throws -> ComposedRun {
        let given = [
            ("recipe", recipe, manifest.recipe), ("task", manifest.taskFile == nil ? task : nil, manifest.task),
            ("verifier", try own.verifier.map { "\(try OwnVerifier(named: $0))" }, manifest.taskFile?.verifier ?? "that of the task"),
            ("prompt field", own.promptField, manifest.taskFile?.promptField ?? RowFields.defaultPrompt),
            ("answer field", own.answerField, manifest.taskFile?.answerField ?? RowFields.defaultAnswer),
            ("setup field", own.setupField, manifest.taskFile?.setupField ?? RowFields.defaultSetup),
            ("model", try model.map { try ModelName($0, on: shelf).name }, manifest.model),
        ]
        for case (let what, let value?, let recorded) in given where value != recorded {
            throw BadInput("run \(manifest.runID) was created with \(what) '\(recorded)'; --resume cannot change it to '\(value)'")
        }
        return try ComposedRun(
            manifest, task: OpenedTask(of: manifest, movedTo: task, programs: host), changes: changes, programs: host)
    }
}
