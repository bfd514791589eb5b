import ArgumentParser
import Foundation
import LanguageModel
import Reports

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "The models that can be named.", subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all named models, one line each.")

        @OptionGroup(title: "Where things are") var models: ModelsOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let (places, console) = (try models.shelf().models, output.console)
            let entries = places.map { ModelEntry(name: $0.name, folder: $0.folder.path) }
            try console.show(
                entries,
                text: entries.isEmpty
                    ? "no named models (give --models DIR); a model can also be a directory"
                    : table(
                        columns: [TextColumn("model"), TextColumn("folder")], rows: entries.map { [$0.name, $0.folder] },
                        width: console.width, color: console.color))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one model: its sizes, its tokenizer, the digest of its weights.")

        @Argument(help: "A name from 'autodidact models', or a directory.") var name: String
        @OptionGroup(title: "Where things are") var models: ModelsOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() async throws {
            let (model, console) = (try OpenedModel(name, on: try models.shelf()), output.console)
            let description = await ModelDescription(model)
            try console.show(description, text: description.text(color: console.color))
        }
    }
}
