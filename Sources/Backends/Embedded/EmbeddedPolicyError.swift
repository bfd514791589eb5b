public import LanguageModel

/// A request that the embedded engine cannot serve.
public enum EmbeddedPolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A prompt is empty or leaves no room for a token.
    case promptLength(Int, context: Int)
    /// A sequence does not fit into the model's positions.
    case sequenceLength(Int, context: Int)
    /// The model has fewer blocks, or the layer is not one.
    case noSuchLayer(Int, layers: Int)
    /// Inner layers of a model with an adapter are not read.
    case adapterHasNoExits
    /// A snapshot is damaged or belongs to another model.
    case snapshot(SafetensorsError)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .promptLength(let length, let context):
            "a prompt has \(length) tokens; the model takes 1 to \(context - 1)"
        case .sequenceLength(let length, let context):
            "a sequence has \(length) tokens, but the model has \(context) positions; shorten the responses"
        case .noSuchLayer(let layer, let layers): "the model has layers 1 to \(layers), not \(layer)"
        case .adapterHasNoExits: "early exits of a model with an adapter are not supported; set adapter.rank to 0, or merge the adapter"
        case .snapshot(let error): "the snapshot does not fit this model: \(error)"
        }
    }
}
