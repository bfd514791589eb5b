/// What commands need besides a run's id to find what they name: options with a space before each, empty where defaults are meant.
public struct CommandPlaces: Sendable, Hashable, Codable {
    /// Finds the store, such as ` --store folder`.
    public var store: String
    /// Finds named models, such as ` --models folder`.
    public var models: String

    /// Options as a shell reads them; the defaults need none.
    public init(store: String = "", models: String = "") {
        self.store = store
        self.models = models
    }

    /// An option with its value as a shell reads both; nothing where the value was not given.
    public static func option(_ name: String, _ value: String?) -> String { value.map { " \(name) " + shellQuoted($0) } ?? "" }
}
