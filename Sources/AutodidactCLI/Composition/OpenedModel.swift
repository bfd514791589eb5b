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

    func policy(_ cores: Cores) -> EmbeddedPolicy { EmbeddedPolicy(directory, name: name, cores: cores) }
}
