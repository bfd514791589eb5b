import Autodidact

/// Asks for continuations of a prompt, by saved weights.
struct Sample: PromisedCall, Decodable, Hashable {
    static let path = "asample"
    /// The seed stands in it.
    var repetition: Repetition { .harmless }

    /// Every field is always sent: services differ in what they take for missing ones.
    struct Params: Codable, Sendable, Hashable {
        let maxTokens: Int
        /// Sample i of a request draws from seed + i (SkyRL-tx).
        let seed: Int
        /// Token ids; SkyRL-tx takes ids or texts, never both.
        let stop: [TokenID]
        /// 0 is greedy.
        let temperature: Float
        /// -1 keeps all.
        let topK: Int
        let topP: Float

        enum CodingKeys: String, CodingKey {
            case seed, stop, temperature
            case maxTokens = "max_tokens"
            case topK = "top_k"
            case topP = "top_p"
        }
    }

    let numSamples: Int
    let prompt: ModelInput
    let params: Params
    /// What `SaveWeightsForSampler` answered.
    let modelPath: String
    let promptLogprobs: Bool
    var type = "sample"

    enum CodingKeys: String, CodingKey {
        case prompt, type
        case numSamples = "num_samples"
        case params = "sampling_params"
        case modelPath = "model_path"
        case promptLogprobs = "prompt_logprobs"
    }

    struct Outcome: Codable, Sendable, Hashable {
        struct Sequence: Codable, Sendable, Hashable {
            let tokens: [TokenID]
            /// Of each token, nats; null where not finite.
            let logprobs: [Float?]?
            /// `stop` or `length`.
            let stopReason: String

            enum CodingKeys: String, CodingKey {
                case tokens, logprobs
                case stopReason = "stop_reason"
            }
        }

        let sequences: [Sequence]
        /// Of the prompt's tokens: from the second on (SkyRL-tx), or from the first on with null for it (the SDK).
        let promptLogprobs: [Float?]?

        enum CodingKeys: String, CodingKey {
            case sequences
            case promptLogprobs = "prompt_logprobs"
        }
    }
}
