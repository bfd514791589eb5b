/// Opens a session: what keeps models of a client loaded while it sends heartbeats.
struct CreateSession: Call, Decodable, Hashable {
    static let path = "create_session"
    var repetition: Repetition { .harmless }

    let tags: [String]
    let userMetadata: [String: String]
    let sdkVersion: String
    var type = "create_session"

    enum CodingKeys: String, CodingKey {
        case tags, type
        case userMetadata = "user_metadata"
        case sdkVersion = "sdk_version"
    }

    struct Answer: Codable, Sendable, Hashable {
        let sessionID: String
        /// What the operator has to say; shown to people.
        let infoMessage: String?
        let warningMessage: String?
        let errorMessage: String?

        enum CodingKeys: String, CodingKey {
            case sessionID = "session_id"
            case infoMessage = "info_message"
            case warningMessage = "warning_message"
            case errorMessage = "error_message"
        }
    }
}

/// Says that the client is still there; SkyRL-tx unloads a session's models 300 seconds after the last one.
struct SessionHeartbeat: Call, Decodable, Hashable {
    static let path = "session_heartbeat"
    var repetition: Repetition { .harmless }

    let sessionID: String
    var type = "session_heartbeat"

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case type
    }

    struct Answer: Codable, Sendable, Hashable {}
}

/// What a service offers, read by GET.
struct ServerCapabilities: Codable, Sendable, Hashable {
    static let path = "get_server_capabilities"

    struct Model: Codable, Sendable, Hashable {
        let modelName: String?
        /// Tokens; SkyRL-tx does not say.
        let maxContextLength: Int?

        enum CodingKeys: String, CodingKey {
            case modelName = "model_name"
            case maxContextLength = "max_context_length"
        }
    }

    let supportedModels: [Model]

    enum CodingKeys: String, CodingKey {
        case supportedModels = "supported_models"
    }
}
