import ArgumentParser
import Autodidact
import Backends
import Foundation
import LanguageModel
import Reports
import RunStore
import Serving

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve a run's incumbent, or any model, to clients of OpenAI's interface.",
        discussion: """
            Answers /v1/models, /v1/completions and /v1/chat/completions until it is interrupted; requests that are open then are \
            answered first. What docs/SERVING.md does not list is refused, never ignored.
            """)

    @Argument(
        help: ArgumentHelp("A run id, the beginning of one, or 'last'. (default: last, unless a model is named)", valueName: "run"))
    var runName: String?

    @Option(help: "Serve this model: a name from 'autodidact models', or a directory.")
    var model: String?

    @Option(help: ArgumentHelp("Serve the model with this adapter, a directory of PEFT's.", valueName: "dir"))
    var adapter: String?

    @Option(help: ArgumentHelp("What clients call the model. (default: the run's id, or the last part of the model's name)"))
    var name: String?

    @Option(help: ArgumentHelp("\(ConversationHelp.text). (default: the run's own, or auto)", valueName: "format"))
    var conversation: String?

    @OptionGroup(title: "Server") var server: ServeOptions
    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if let runName, let model { throw ValidationError("'\(runName)' names a run and --model '\(model)' a model; name one of them") }
        if adapter != nil && model == nil { throw ValidationError("--adapter needs --model, the model that it belongs to") }
        if let name, name.isEmpty { throw ValidationError("--name is empty") }
        if let conversation { try ConversationHelp.check(conversation) }
    }

    mutating func run() async throws {
        let (console, clock) = (output.console, SystemClock())
        let opened = try opened()
        let limits = try server.engineLimits(for: opened, engine: engine)
        let name = ServedModelName(name ?? opened.name, fingerprint: opened.fingerprint, created: Int(clock.secondsSince1970()))
        let engine = EmbeddedEngine(
            opened.directory, conversation: opened.conversation, adapter: opened.adapter, limits: limits, cores: engine.cores)
        let server = try server.server(engine, as: name, clock: clock)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let format = opened.conversation.format.name
        let isDrained = try await Interruption.shared.heeding {
            console.note("ending: requests that are open are answered first; interrupt again to end at once")
            stop.yield()
        } perform: {
            do {
                return try await server.serve(until: stops) { address in
                    let served = Served(
                        model: name.name, address: "http://\(address)/v1", conversation: format, context: limits.context,
                        sequences: limits.rows, waiting: limits.waiting)
                    console.note(served.text)
                    guard console.isJSON else { return }
                    do { try console.show(served, text: "") } catch { console.note(Ending.sentence(of: error)) }
                }
            } catch let error as ListeningError {
                throw BadInput("--listen: \(error)")
            } catch let error as ServerEnded {
                throw WorkFailed("\(error)")
            }
        }
        guard isDrained else { throw WorkFailed("requests that were open after \(self.server.drain) s were cut; see --drain") }
    }

    private func opened() throws -> ServedModel {
        let shelf = try models.shelf()
        if let model { return try ServedModel(model, adapterFolder: adapter, conversation: conversation, on: shelf) }
        return try ServedModel(incumbentOf: runName ?? "last", in: store.openExisting(), conversation: conversation, on: shelf)
    }
}

/// What is served where.
private struct Served: Encodable {
    let model: String
    let address: String
    let conversation: String
    let context: Int
    let sequences: Int
    let waiting: Int

    var text: String {
        "serving '\(model)' at \(address) (conversation \(conversation), context \(context), \(sequences) sequences together)"
    }
}
