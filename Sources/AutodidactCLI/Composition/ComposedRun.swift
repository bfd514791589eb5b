import Autodidact
import LanguageModel
import Recipes
import Remote
import TaskLibrary

/// A recipe, a task and settings that fit together: a run before it has a model and a store.
struct ComposedRun: Sendable {
    let recipe: any Recipe
    let card: RecipeCard
    let family: any TaskFamily
    /// The file that the task is from; nil for a task of the catalogue.
    let taskFile: TaskFile?
    /// The tasks that the run must not make its policy forget.
    let protected: [ProtectedSkill]
    let settings: RunSettings
    /// How a model that is elsewhere is asked and trained.
    let backend: BackendSettings
    /// The resolved tree as a manifest records it.
    let settingsJSON: String
    /// Every key of the tree.
    let lines: [SettingLine]
    private let changing: @Sendable (_ assignment: String) throws -> ComposedRun

    /// One resolved setting.
    struct SettingLine: Sendable, Encodable {
        let key: String
        let value: String
        let isDefault: Bool
        let help: String
    }

    /// A new run of a recipe on a task; what its tasks need to run programs is `programs`.
    ///
    /// - Throws: Also `RecipeMismatch`, and `OwnTaskError` where a file has too few problems.
    init(recipe: String, task: OpenedTask, changes: SettingsChanges, programs: ProgramHost) throws {
        self = try Self.compose(
            try RecipeCatalogue.recipe(named: recipe), task: task, stored: nil, changes: changes, programs: programs)
    }

    /// The run that a manifest describes.
    ///
    /// - Throws: Also `BadInput` where the changes ask for other settings than the run was created with.
    init(_ manifest: RunManifest, task: OpenedTask, changes: SettingsChanges, programs: ProgramHost) throws {
        self = try Self.compose(
            try RecipeCatalogue.recipe(named: manifest.recipe), task: task, stored: manifest, changes: changes, programs: programs)
    }

    private static func compose<R: Recipe>(
        _ type: R.Type, task: OpenedTask, stored: RunManifest?, changes: SettingsChanges, programs: ProgramHost
    ) throws -> ComposedRun {
        let defaults = SettingsOfRun<R.Settings>()
        let before = try stored.map { try SettingsTree(json: $0.settings, defaults: defaults) } ?? SettingsTree(defaults: defaults)
        let tree = try changes.applied(to: before)
        if let stored, let changed = zip(before.keys, tree.keys).first(where: { $0.value != $1.value }) {
            throw BadInput(
                "run \(stored.runID) was created with \(changed.0.key)=\(changed.0.value); --resume cannot change it to \(changed.1.value)")
        }
        return try made(type, task: task, tree: tree, programs: programs)
    }

    /// Those that come with the program.
    private static let tasks = TaskCatalogue.cards

    /// The task with its file.
    var task: OpenedTask { OpenedTask(family, file: taskFile) }

    /// Refuses a model that cannot do what the recipe needs, wherever it is, and settings that would have no effect there.
    func check(_ model: ModelName) throws {
        if case .endpoint = model {
            // Whatever it may offer beside, it does not learn; that needs no connection to be known.
            try RecipeCatalogue.check(card, on: family.card, capabilities: [.logprobs])
        }
        try backend.validate(for: [model.place])
        if model.place == .service, settings.adapter.isUsed {
            throw SettingsError.noEffect(key: "adapter.rank", because: "the adapter at a training service is that of backend.rank")
        }
    }

    /// Refuses a policy that cannot do what the recipe needs, or has no room for a prompt of the task.
    func check(_ policy: any Policy) throws {
        try RecipeCatalogue.check(card, on: family.card, among: Self.tasks, capabilities: policy.capabilities)
        try task.checkPrompts(for: policy, levels: settings.levels)
    }

    /// The same run with the conversation format that `auto` stands for.
    func resolved(conversation: String) throws -> ComposedRun {
        guard settings.conversation == ConversationFormat.automatic else { return self }
        let run = try changing("conversation=\(conversation)")
        // Nobody chose it: it is what the default stands for.
        let lines = run.lines.map {
            $0.key == "conversation" ? SettingLine(key: $0.key, value: $0.value, isDefault: true, help: $0.help) : $0
        }
        return ComposedRun(
            recipe: run.recipe, card: run.card, task: run.task, protected: run.protected, settings: run.settings,
            backend: run.backend, settingsJSON: run.settingsJSON, lines: lines, changing: run.changing)
    }

    private static func made<R: Recipe>(
        _ type: R.Type, task: OpenedTask, tree: SettingsTree<SettingsOfRun<R.Settings>>, programs: ProgramHost
    ) throws -> ComposedRun {
        let resolved = try tree.resolved()
        try RecipeCatalogue.check(R.card, on: task.family.card, among: tasks)
        try resolved.validate(for: task.family.card)
        let task = try task.with(maximumTokens: resolved.run.maximumTokens)
        try task.checkSplits(for: resolved.run)
        try resolved.run.audit.validate(for: task.family)
        let protected = try resolved.run.retention.tasks.map { try ProtectedSkill(named: $0, besides: task.family, programs: programs) }
        let help = SettingsOfRun<R.Settings>.help
        let recipe = R(settings: resolved.recipe)
        try resolved.run.store.check(recipe.pool, generations: resolved.run.generations)
        try ProtectedSkill.check(protected, besides: task.family, levels: resolved.run.levels)
        return ComposedRun(
            recipe: recipe, card: R.card, task: task, protected: protected, settings: resolved.run, backend: resolved.backend,
            settingsJSON: tree.json,
            lines: tree.keys.map { SettingLine(key: $0.key, value: $0.value, isDefault: $0.isDefault, help: help[$0.key] ?? "") },
            changing: { assignment in
                var changed = tree
                try changed.apply(assignment)
                return try made(type, task: task, tree: changed, programs: programs)
            })
    }

    private init(
        recipe: any Recipe, card: RecipeCard, task: OpenedTask, protected: [ProtectedSkill], settings: RunSettings,
        backend: BackendSettings, settingsJSON: String, lines: [SettingLine],
        changing: @escaping @Sendable (_ assignment: String) throws -> ComposedRun
    ) {
        self.recipe = recipe
        self.card = card
        family = task.family
        taskFile = task.file
        self.protected = protected
        self.settings = settings
        self.backend = backend
        self.settingsJSON = settingsJSON
        self.lines = lines
        self.changing = changing
    }
}

/// The settings of a recipe with their defaults.
func defaultSettings(of recipe: any Recipe.Type) -> [ComposedRun.SettingLine] {
    recipe.settingLines.map { ComposedRun.SettingLine(key: $0.key, value: $0.value, isDefault: true, help: $0.help) }
}
