import Autodidact
import Backends
import LanguageModel
import Tensors

/// A model that was read, with the name that a run records.
struct OpenedModel: Sendable {
    let place: ModelShelf.Place
    let directory: ModelDirectory

    /// Reads a model by its name or path.
    init(_ name: String, on shelf: ModelShelf) throws {
        place = try shelf.place(name)
        directory = try ModelDirectory(place.folder)
    }

    var name: String { place.name }

    var parameters: Int { directory.transformer.parameters.count }

    /// The conversation format called `name`; under `auto` the one that the model's chat template writes.
    func conversation(_ name: String) throws(ConversationError) -> ConversationEncoder {
        try ConversationEncoder(
            ConversationFormat(named: name, template: directory.chatTemplate), tokenizer: directory.tokenizer)
    }

    /// The model as a policy that is asked in the format called `conversation`.
    func policy(_ cores: Cores, conversation name: String) throws(ConversationError) -> EmbeddedPolicy {
        EmbeddedPolicy(directory, name: self.name, conversation: try conversation(name), cores: cores)
    }
}
