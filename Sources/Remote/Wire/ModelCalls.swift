/// Makes an adapter over a base model.
///
/// There is no field for alpha: services fix it at 32.
struct CreateModel: PromisedCall, Decodable, Hashable {
    static let path = "create_model"
    /// A second adapter would stand unused until the session ends.
    var repetition: Repetition { .harmless }

    struct LoRA: Codable, Sendable, Hashable {
        let rank: Int
        /// Of the adapter's first weights.
        let seed: Int
    }

    let sessionID: String
    /// Counts the models of a session, from 0.
    let modelSeqID: Int
    let baseModel: String
    let loraConfig: LoRA
    var type = "create_model"

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case modelSeqID = "model_seq_id"
        case baseModel = "base_model"
        case loraConfig = "lora_config"
        case type
    }

    struct Outcome: Codable, Sendable, Hashable {
        let modelID: String

        enum CodingKeys: String, CodingKey {
            case modelID = "model_id"
        }
    }
}

/// Takes an adapter off the service.
struct UnloadModel: PromisedCall, Decodable, Hashable {
    static let path = "unload_model"
    var repetition: Repetition { .harmless }

    let modelID: String
    var type = "unload_model"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case type
    }

    struct Outcome: Codable, Sendable, Hashable {}
}

/// Asks what a model is.
struct GetInfo: Call, Decodable, Hashable {
    static let path = "get_info"
    var repetition: Repetition { .harmless }

    let modelID: String
    var type = "get_info"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case type
    }

    struct Answer: Codable, Sendable, Hashable {
        struct ModelData: Codable, Sendable, Hashable {
            let modelName: String?
            let tokenizerID: String?

            enum CodingKeys: String, CodingKey {
                case modelName = "model_name"
                case tokenizerID = "tokenizer_id"
            }
        }

        let modelID: String
        let modelData: ModelData

        enum CodingKeys: String, CodingKey {
            case modelID = "model_id"
            case modelData = "model_data"
        }
    }
}
