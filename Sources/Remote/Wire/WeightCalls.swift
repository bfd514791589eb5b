/// Saves weights and optimiser under a name that is free; names have ASCII letters, digits, `-` and `_`, 255 at most.
struct SaveWeights: PromisedCall, Decodable, Hashable {
    static let path = "save_weights"
    var repetition: Repetition { .named }

    let modelID: String
    let name: String
    let seqID: Int
    var type = "save_weights"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case name = "path"
        case seqID = "seq_id"
        case type
    }

    struct Outcome: Codable, Sendable, Hashable {
        /// `tinker://MODEL/weights/NAME`.
        let path: String
    }
}

/// Saves weights in the form that the sampler takes, under a name that is free.
struct SaveWeightsForSampler: PromisedCall, Decodable, Hashable {
    static let path = "save_weights_for_sampler"
    var repetition: Repetition { .named }

    let modelID: String
    let name: String
    let seqID: Int
    var type = "save_weights_for_sampler"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case name = "path"
        case seqID = "seq_id"
        case type
    }

    struct Outcome: Codable, Sendable, Hashable {
        /// `tinker://MODEL/NAME` or `tinker://MODEL/sampler_weights/NAME`.
        let path: String?
    }
}

/// Loads what `SaveWeights` saved.
///
/// Current services allow it as a model's first request alone and answer 400 to any later one; SkyRL-tx 0.3.0 allows it always, and takes
/// the optimiser whatever `optimizer` says.
struct LoadWeights: PromisedCall, Decodable, Hashable {
    static let path = "load_weights"
    /// Twice the same state is that state.
    var repetition: Repetition { .harmless }

    let modelID: String
    let path: String
    /// Whether the optimiser's moments are taken too.
    let optimizer: Bool
    let seqID: Int
    var type = "load_weights"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case path, optimizer, type
        case seqID = "seq_id"
    }

    struct Outcome: Codable, Sendable, Hashable {}
}

/// Asks whether saved weights are there: 425 while they are written, 404 where there are none.
struct WeightsInfo: Call, Decodable, Hashable {
    static let path = "weights_info"
    var repetition: Repetition { .harmless }

    let tinkerPath: String

    enum CodingKeys: String, CodingKey {
        case tinkerPath = "tinker_path"
    }

    struct Answer: Codable, Sendable, Hashable {
        let baseModel: String

        enum CodingKeys: String, CodingKey {
            case baseModel = "base_model"
        }
    }
}
