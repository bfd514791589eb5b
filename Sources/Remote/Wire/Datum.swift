import Autodidact

/// The tokens of a sequence, in chunks of which text has one.
struct ModelInput: Codable, Sendable, Hashable {
    struct Chunk: Codable, Sendable, Hashable {
        let tokens: [TokenID]
        var type = "encoded_text"
    }

    let chunks: [Chunk]

    init(_ tokens: [TokenID]) { chunks = [Chunk(tokens: tokens)] }

    /// All tokens.
    var tokens: [TokenID] { chunks.flatMap(\.tokens) }
}

/// Numbers with their type and shape, of which the service reads one dimension.
struct TensorData<Element: Codable & Sendable & Hashable & TensorElement>: Codable, Sendable, Hashable {
    let data: [Element]
    var dtype = Element.dtype
    var shape: [Int]?

    init(_ data: [Element]) {
        self.data = data
        shape = [data.count]
    }
}

/// What a tensor holds.
protocol TensorElement {
    static var dtype: String { get }
}

extension Float: TensorElement {
    static var dtype: String { "float32" }
}

extension TokenID: TensorElement {
    static var dtype: String { "int64" }
}

/// One sequence of a training request: what the model reads, and all that the loss needs about each position.
///
/// Position t reads token t and is held to `targetTokens[t]`, the token after it.
struct Datum: Codable, Sendable, Hashable {
    struct LossInputs: Codable, Sendable, Hashable {
        let targetTokens: TensorData<TokenID>
        /// Cross-entropy: how much each target counts.
        var weights: TensorData<Float>?
        /// Importance sampling and PPO: logprobs under the policy that sampled, nats.
        var logprobs: TensorData<Float>?
        /// Importance sampling and PPO.
        var advantages: TensorData<Float>?

        enum CodingKeys: String, CodingKey {
            case targetTokens = "target_tokens"
            case weights, logprobs, advantages
        }
    }

    let modelInput: ModelInput
    let lossInputs: LossInputs

    enum CodingKeys: String, CodingKey {
        case modelInput = "model_input"
        case lossInputs = "loss_fn_inputs"
    }

    /// Tokens that the model reads.
    var positions: Int { lossInputs.targetTokens.data.count }
}
