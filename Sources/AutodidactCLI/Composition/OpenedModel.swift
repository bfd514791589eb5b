import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Tensors

/// A model that was read, with the name that a run records.
struct OpenedModel: Sendable {
    let place: ModelShelf.Place
    let directory: ModelDirectory
    /// The tasks that its card says it was taught; none where nothing is known.
    let taughtTasks: [String]

    /// Reads a model by its name or path.
    init(_ name: String, on shelf: ModelShelf) throws {
        place = try shelf.place(name)
        directory = try ModelDirectory(place.folder)
        taughtTasks = try ModelCard.tasks(in: place.folder)
    }

    var name: String { place.name }

    var parameters: Int { directory.transformer.parameters.count }

    /// The conversation format called `name`; under `auto` the one that the model's chat template writes.
    func conversation(_ name: String) throws(ConversationError) -> ConversationEncoder {
        try ConversationEncoder(
            ConversationFormat(named: name, template: directory.chatTemplate), tokenizer: directory.tokenizer)
    }

    /// The model, with the adapter of a folder where one is named, as a policy that is asked in the format called `conversation`.
    ///
    /// - Throws: `ConversationError` or `AdapterError`.
    func policy(_ cores: Cores, conversation name: String, adapterFolder path: String? = nil) throws -> EmbeddedPolicy {
        let conversation = try conversation(name)
        guard let path else { return EmbeddedPolicy(directory, name: self.name, conversation: conversation, cores: cores) }
        let folder = URL(fileURLWithPath: path).standardizedFileURL
        let adapter = try LowRankAdapter(directory: folder, of: directory.transformer)
        return EmbeddedPolicy(
            directory, name: "\(self.name) + \(folder.path)", conversation: conversation, adapter: adapter, cores: cores)
    }

    /// The policy that a run with these settings trains: the model, or a new adapter of it.
    ///
    /// - Throws: `ConversationError`, or `SettingsError` where an adapter's target is not a layer of its own in this model.
    func policy(_ cores: Cores, of settings: RunSettings) throws -> EmbeddedPolicy {
        let conversation = try conversation(settings.conversation)
        guard let configuration = AdapterConfiguration(settings.adapter) else {
            return EmbeddedPolicy(directory, name: name, conversation: conversation, cores: cores)
        }
        guard !configuration.targets.contains(.head) || !directory.configuration.tiesWordEmbeddings else {
            throw SettingsError.outOfRange(
                key: "adapter.targets", value: settings.adapter.targets.joined(separator: ","),
                allowed: "layers other than lm_head, which is the embedding table of model '\(name)'")
        }
        let adapter = LowRankAdapter(directory.transformer.architecture, configuration)
        adapter.initialize(SeedTree(root: settings.seed)("adapter"))
        return EmbeddedPolicy(directory, name: name, conversation: conversation, adapter: adapter, cores: cores)
    }
}

extension AdapterConfiguration {
    /// What a run's settings ask for; nil where they train all weights.
    init?(_ settings: AdapterSettings) {
        guard settings.isUsed else { return nil }
        let targets =
            settings.targets == [AdapterSettings.allLinear]
            ? AdapterTarget.blockLayers : Set(settings.targets.compactMap(AdapterTarget.init))
        self.init(rank: settings.rank, alpha: settings.alpha, targets: targets, stabilizesRank: settings.rsLoRA)
    }
}
