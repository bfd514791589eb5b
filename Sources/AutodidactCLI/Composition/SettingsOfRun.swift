import Autodidact
import Remote

/// A run's settings with those of its recipe under `recipe.` and of remote models under `backend.`: the tree that is shown, changed and
/// stored.
struct SettingsOfRun<Recipe: RecipeSettings>: Codable, Sendable {
    var run = RunSettings()
    var recipe = Recipe()
    var backend = BackendSettings()

    private enum CodingKeys: String, CodingKey {
        case recipe, backend
    }

    init() {}

    init(from decoder: any Decoder) throws {
        run = try RunSettings(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        recipe = try container.decode(Recipe.self, forKey: .recipe)
        backend = try container.decode(BackendSettings.self, forKey: .backend)
    }

    func encode(to encoder: any Encoder) throws {
        try run.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(recipe, forKey: .recipe)
        try container.encode(backend, forKey: .backend)
    }

    /// One line for each key.
    static var help: [String: String] {
        let run = BackendSettings.help.reduce(into: RunSettings.help) { $0["backend." + $1.key] = $1.value }
        return Recipe.help.reduce(into: run) { $0["recipe." + $1.key] = $1.value }
    }

    /// Refuses values outside their range, without effect, or that the task does not have.
    func validate(for task: TaskCard) throws(SettingsError) {
        try run.validate()
        let known = task.levels.map(\.number)
        if let level = run.levels.first(where: { !known.contains($0) }) {
            let list = known.map(String.init).joined(separator: ", ")
            throw .outOfRange(key: "levels", value: "\(level)", allowed: "the levels of \(task.slug): \(list)")
        }
        if let allowed = ConversationHelp.refusal(of: run.conversation) {
            throw .outOfRange(key: "conversation", value: run.conversation, allowed: allowed)
        }
        do {
            try recipe.validate()
        } catch {
            throw error.inGroup("recipe.")
        }
        do { try backend.validate() } catch { throw error.inGroup("backend.") }
    }
}
