import Autodidact
import Foundation
import Reports

/// A recipe in the list of recipes.
struct RecipeEntry: Encodable {
    let slug: String
    let name: String
    let family: String
    let arxiv: String
    let needs: [String]
    let summary: String

    init(_ card: RecipeCard) {
        (slug, name, family, arxiv, summary) = (card.slug, card.name, card.family, card.arxiv, card.summary)
        needs = card.needs.map(\.rawValue).sorted()
    }
}

/// All that is known of a recipe.
struct RecipeDescription: Encodable {
    let recipe: RecipeEntry
    let paper: String
    let settings: [ComposedRun.SettingLine]
    /// The file in the repository.
    let file: String
    /// Its text, where the repository is at hand.
    let source: String?

    init(_ type: any Recipe.Type) {
        let card = type.card
        (recipe, paper, settings) = (RecipeEntry(card), card.paper, defaultSettings(of: type))
        file = "Sources/Recipes/\(card.family)/\(type).swift"
        source = Self.text(of: file)
    }

    /// The description for people: the card, the settings, then the source.
    func text(color: TerminalColor) -> String {
        let card = table(
            columns: [TextColumn(""), TextColumn("")],
            rows: [
                ["name", recipe.name], ["does", recipe.summary], ["paper", paper], ["arXiv", recipe.arxiv],
                ["needs", recipe.needs.joined(separator: ", ")], ["source", file],
            ], color: color)
        let list = table(
            columns: [TextColumn("setting"), TextColumn("default", isRightAligned: true), TextColumn("")],
            rows: settings.map { [$0.key, $0.value, $0.help] }, color: color)
        return [card, list, source?.trimmingCharacters(in: .newlines)].compactMap(\.self).joined(separator: "\n\n")
    }

    private static func text(of path: String) -> String? {
        let starts = [
            URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
            Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent(),
        ]
        // Where the program was installed without its repository there is nothing to show.
        return starts.compactMap(\.self).flatMap(\.andAncestors).lazy
            .compactMap { try? String(contentsOf: $0.appendingPathComponent(path), encoding: .utf8) }.first
    }
}
