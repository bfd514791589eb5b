import Autodidact
import Foundation
import Reports
import TaskLibrary

/// A recipe in the list of recipes.
struct RecipeEntry: Encodable {
    let slug: String
    let name: String
    let family: String
    let arxiv: String
    let needs: [String]
    let feedback: FeedbackSource
    let interaction: Interaction
    let judges: [Judge]
    let summary: String

    init(_ card: RecipeCard) {
        (slug, name, family, arxiv, summary) = (card.slug, card.name, card.family, card.arxiv, card.summary)
        (needs, feedback, interaction, judges) = (card.requirements, card.feedback, card.interaction, card.judges)
    }
}

extension RecipeEntry {
    /// What the recipe practises, for people.
    var practice: String {
        switch interaction {
        case .singleTurn: "tasks of one turn"
        case .environment: "environments of several turns"
        case .any: "tasks of one turn and environments"
        }
    }

    /// Who judges beside the verifier or instead of it, for people.
    var judgement: String {
        let others = judges.map { judge in
            switch judge {
            case .itself: "the policy itself"
            case .critic: "a critic, trained from a copy of the policy"
            }
        }
        let all = (feedback == .verifier ? ["the verifier"] : []) + others
        return all.isEmpty ? "nobody" : all.joined(separator: ", ")
    }
}

extension FeedbackSource {
    /// Whose reward it is, for people.
    var inWords: String {
        switch self {
        case .verifier: "the verifier's"
        case .critics: "its critics', which the verifier teaches"
        case .none: "its own"
        }
    }

    /// The same in a word or two, for lists.
    var inShort: String {
        switch self {
        case .verifier, .critics: rawValue
        case .none: "its own"
        }
    }
}

/// All that is known of a recipe.
struct RecipeDescription: Encodable {
    let recipe: RecipeEntry
    let paper: String
    let settings: [ComposedRun.SettingLine]
    /// Tasks of the catalogue that it can practise.
    let fits: [String]
    /// What its code does with the paper's steps, and where it departs from them.
    let notes: [ImplementationNote]
    /// What its generations may record.
    let metrics: [MetricCard]
    /// The file in the repository.
    let file: String
    /// Its text, where the repository is at hand.
    let source: String?

    init(_ type: any Recipe.Type) {
        let card = type.card
        (recipe, paper, settings) = (RecipeEntry(card), card.paper, defaultSettings(of: type))
        fits = TaskCatalogue.cards.filter { card.misfits(with: $0).isEmpty }.map(\.slug)
        (notes, metrics, file) = (type.notes, type.metrics, type.file())
        source = Self.text(of: file)
    }

    /// The description for people: the card, the settings, then the source.
    func text(color: TerminalColor) -> String {
        let card = table(
            columns: [TextColumn(""), TextColumn("")],
            rows: [
                ["name", recipe.name], ["does", recipe.summary], ["paper", paper], ["arXiv", recipe.arxiv],
                ["needs", recipe.needs.joined(separator: ", ")], ["reward", recipe.feedback.inWords], ["practises", recipe.practice],
                ["judged by", recipe.judgement], ["fits", fits.joined(separator: ", ")], ["source", file],
            ], color: color)
        let list = table(
            columns: [TextColumn("setting"), TextColumn("default", isRightAligned: true), TextColumn("")],
            rows: settings.map { [$0.key, $0.value, $0.help] }, color: color)
        let details = notes.map { "- \($0.isDeparture ? "departure: " : "")\($0.text) (\($0.place))" }
        let figures = table(
            columns: [TextColumn("metric"), TextColumn("unit"), TextColumn("")], rows: metrics.map { [$0.name, $0.unit, $0.meaning] },
            color: color)
        let parts = [card, list, details.isEmpty ? nil : details.joined(separator: "\n"), metrics.isEmpty ? nil : figures]
        return (parts + [source?.trimmingCharacters(in: .newlines)]).compactMap(\.self).joined(separator: "\n\n")
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
