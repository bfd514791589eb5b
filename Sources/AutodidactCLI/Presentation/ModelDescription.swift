import Autodidact
import Backends
import Foundation
import LanguageModel
import Reports
import Tensors

/// A model in the list of models.
struct ModelEntry: Encodable {
    let name: String
    let folder: String
}

/// All that is known of a model.
struct ModelDescription: Encodable {
    let name: String
    let folder: String
    let architecture: String
    let parameters: Int
    let layers: Int
    let width: Int
    let feedForward: Int
    let heads: Int
    let keyHeads: Int
    let headWidth: Int
    let vocabulary: Int
    let contextLength: Int
    let tiesHead: Bool
    /// The format that it is prompted in by default; nil where its chat template is not known.
    let conversation: String?
    /// SHA-256 of the weights as a run names them.
    let weightsHash: String

    init(_ model: OpenedModel) async {
        let configuration = model.directory.configuration
        (name, folder, parameters) = (model.name, model.place.folder.path, model.parameters)
        architecture = configuration.modelType
        (layers, width, feedForward) = (configuration.layers, configuration.hiddenSize, configuration.intermediateSize)
        (heads, keyHeads, headWidth) = (configuration.attentionHeads, configuration.keyValueHeads, configuration.headDimension)
        (vocabulary, contextLength) = (configuration.vocabularySize, configuration.maxPositions)
        tiesHead = configuration.tiesWordEmbeddings
        // What a run would refuse is still shown.
        conversation = (try? model.conversation(ConversationFormat.automatic))?.format.name
        weightsHash = await EmbeddedPolicy(model.directory, name: model.name, cores: Cores(1)).snapshot().weightsHash
    }

    /// The description for people.
    func text(color: TerminalColor) -> String {
        let heads = "\(heads) query and \(keyHeads) key heads of \(headWidth)"
        let rows = [
            ["model", name], ["folder", folder], ["architecture", architecture], ["parameters", "\(parameters)"],
            ["blocks", "\(layers), \(width) wide, feed-forward \(feedForward)"], ["attention", heads],
            ["vocabulary", "\(vocabulary) tokens" + (tiesHead ? ", head tied to the embedding" : "")],
            ["context", "\(contextLength) tokens"],
            ["conversation", conversation ?? "unknown chat template; choose a format with --conversation"], ["weights", weightsHash],
        ]
        return table(columns: [TextColumn(""), TextColumn("")], rows: rows, color: color)
    }
}
