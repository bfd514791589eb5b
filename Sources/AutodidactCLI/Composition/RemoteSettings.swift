import Autodidact
import Remote

/// The settings of models that are elsewhere, for commands that have no others.
struct RemoteSettings: Codable, Sendable {
    var backend = BackendSettings()

    /// The defaults, changed by assignments such as `backend.connections=4`.
    ///
    /// - Throws: `SettingsError`, also for what would have no effect on these models.
    static func resolved(_ assignments: [String], for models: [ModelName]) throws -> BackendSettings {
        let tree = try SettingsChanges(assignments: assignments).applied(to: SettingsTree(defaults: Self()))
        let settings = try tree.resolved().backend
        do { try settings.validate() } catch { throw error.inGroup("backend.") }
        try settings.validate(for: Set(models.map(\.place)))
        return settings
    }
}
