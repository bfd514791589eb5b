import Autodidact
import Backends
import Foundation
import LanguageModel
import RunStore

/// A model that is to be served: one from the shelf, or the incumbent of a run.
struct ServedModel {
    let directory: ModelDirectory
    let conversation: ConversationEncoder
    let adapter: LowRankAdapter?
    /// What it is called unless a name is given.
    let name: String
    /// What names its weights; nil where that is not known.
    let fingerprint: String?

    /// A model by its name or path, with the adapter of a folder where one is named.
    init(_ name: String, adapterFolder path: String?, conversation format: String?, on shelf: ModelShelf) throws {
        let opened = try OpenedModel(name, on: shelf)
        directory = opened.directory
        conversation = try opened.conversation(format ?? ConversationFormat.automatic)
        adapter = try path.map {
            try LowRankAdapter(directory: URL(fileURLWithPath: $0).standardizedFileURL, of: opened.directory.transformer)
        }
        self.name = URL(fileURLWithPath: path ?? opened.name).lastPathComponent
        fingerprint = nil
    }

    /// The incumbent of a run, asked as the run asked it unless another format is named; an adapter stays one, so that the weights are
    /// those that were measured.
    init(incumbentOf run: String, in store: RunStore, conversation format: String?, on shelf: ModelShelf) throws {
        let run = try store.run(run)
        let opened = try OpenedModel(run.manifest.model, on: shelf), transformer = opened.directory.transformer
        let weights = try SafetensorsFile(data: Data(try store.weights(of: run.id)), name: "the weights of run \(run.id)")
        adapter = try SnapshotForm.adapter(in: weights, of: transformer)
        if adapter == nil { try transformer.load(SafetensorsCollection(weights), name: weights.name) }
        directory = opened.directory
        let asked = try JSONDecoder().decode(Asked.self, from: Data(run.manifest.settings.utf8))
        conversation = try opened.conversation(format ?? asked.conversation)
        name = run.id
        fingerprint = "fp_" + run.weightsHash.prefix(16)
    }

    /// What a run's settings say of how its model is asked.
    private struct Asked: Decodable {
        let conversation: String
    }
}
