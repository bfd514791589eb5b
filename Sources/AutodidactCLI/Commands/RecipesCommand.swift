import ArgumentParser
import Autodidact
import Foundation
import Recipes
import Reports

struct RecipesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipes", abstract: "The published systems that a run can follow.", subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all recipes, one line each.")

        @OptionGroup var output: OutputOptions

        mutating func run() throws {
            let (cards, console) = (RecipeCatalogue.all.map { $0.card }, output.console)
            let rows = cards.map {
                [$0.slug, $0.family, $0.arxiv, $0.feedback.inShort, $0.interaction.rawValue, $0.summary]
            }
            try console.show(
                cards.map(RecipeEntry.init),
                text: table(
                    columns: ["recipe", "family", "arXiv", "reward", "task", "what it does"].map { TextColumn($0) }, rows: rows,
                    width: console.width, color: console.color))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one recipe: its paper, its settings, its source.")

        @Argument(help: "One of 'autodidact recipes'.") var name: String
        @OptionGroup var output: OutputOptions

        mutating func run() throws {
            let (recipe, console) = (try RecipeCatalogue.recipe(named: name), output.console)
            let description = RecipeDescription(recipe)
            try console.show(description, text: description.text(color: console.color))
        }
    }
}
