import ArgumentParser
import Foundation
import LanguageModel
import Remote
import Reports
import RunStore

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
        static let configuration = CommandConfiguration(
            abstract: "Show one model: its sizes, its tokenizer, the digest of its weights; of one that computes elsewhere, what it offers."
        )

        @Argument(help: "A name from 'autodidact models', a directory, or an address as 'openai+http://HOST:PORT/v1#MODEL'.")
        var name: String

        @Option(
            help: ArgumentHelp(
                "How a model at an endpoint is asked: auto for a chat, plain for text that is continued.", valueName: "format"))
        var conversation = ConversationFormat.automatic

        @OptionGroup var remote: RemoteOptions

        @OptionGroup(title: "Where things are") var models: ModelsOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() async throws {
            let (model, console, settings) = (try ModelName(name, on: try models.shelf()), output.console, BackendSettings())
            let key = try remote.key(for: [model])
            if conversation != ConversationFormat.automatic, model.place != .endpoint {
                throw BadInput("--conversation would have no effect: the model is not at an endpoint")
            }
            switch model {
            case .here(let place):
                let description = await ModelDescription(try OpenedModel(place))
                try console.show(description, text: description.text(color: console.color))
            case .service(let address):
                let offer = try await ServiceOffer(of: address, key: key, pacing: settings.pacing(at: .service, clock: SystemClock()))
                let description = RemoteDescription(offer, at: address)
                try console.show(description, text: description.text(color: console.color))
            case .endpoint(let address):
                let conversation = conversation
                let description = try await OpenedPolicies.with(console) { policies in
                    let policy = try await policies.endpoint(address, key: key, conversation: conversation, settings: settings)
                    return RemoteDescription(policy, at: address)
                }
                try console.show(description, text: description.text(color: console.color))
            }
        }
    }
}
