/// A figure that a generation records: its name, its unit and how to read it.
public struct MetricCard: Sendable, Hashable, Codable {
    /// The name in records, reports and plots.
    public let name: String
    /// The unit or range.
    public let unit: String
    /// What it says, in one line.
    public let meaning: String

    /// A figure.
    public init(_ name: String, _ unit: String, _ meaning: String) {
        self.name = name
        self.unit = unit
        self.meaning = meaning
    }
}

/// How a recipe does a step of its paper, or departs from it, with the place in its sources.
public struct ImplementationNote: Sendable, Hashable, Codable {
    /// What is done; of a departure, with what the paper does.
    public let text: String
    /// Whether the paper does otherwise.
    public let isDeparture: Bool
    /// The words that find it: a declaration, a setting or a call.
    public let place: String
    /// The part of the file's name behind the recipe's: `+Splices`, or nothing.
    public let part: String

    /// What a step of the paper became.
    public static func detail(_ text: String, at place: String, in part: String = "") -> ImplementationNote {
        ImplementationNote(text: text, isDeparture: false, place: place, part: part)
    }

    /// What differs from the paper.
    public static func departure(_ text: String, at place: String, in part: String = "") -> ImplementationNote {
        ImplementationNote(text: text, isDeparture: true, place: place, part: part)
    }
}

extension Recipe {
    /// Nothing to say.
    public static var notes: [ImplementationNote] { [] }

    /// Nothing of its own, and nothing explained.
    public static var metrics: [MetricCard] { [] }

    /// The file of the repository with a part of its source.
    public static func file(_ part: String = "") -> String { "Sources/Recipes/\(card.family)/\(Self.self)\(part).swift" }

    /// Each setting with its default and its help, which cites the paper's value.
    public static var settingLines: [(key: String, value: String, help: String)] {
        SettingsTree(defaults: Settings()).keys.map { ("recipe." + $0.key, $0.value, Settings.help[$0.key] ?? "") }
    }
}
