/// The losses that every service of the API computes.
enum LossName: String, Codable, Sendable, Hashable {
    case crossEntropy = "cross_entropy"
    case importanceSampling = "importance_sampling"
    case ppo
}

/// What a forward or backward pass is made over.
struct PassInput: Codable, Sendable, Hashable {
    let data: [Datum]
    let lossName: LossName

    enum CodingKeys: String, CodingKey {
        case data
        case lossName = "loss_fn"
    }
}

/// Logprobs of given tokens; nothing changes.
struct Forward: PromisedCall, Decodable, Hashable {
    static let path = "forward"
    typealias Outcome = PassOutcome
    var repetition: Repetition { .harmless }

    let modelID: String
    let input: PassInput
    let seqID: Int

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case input = "forward_input"
        case seqID = "seq_id"
    }
}

/// Adds the gradient of a loss to what the next step applies.
struct ForwardBackward: PromisedCall, Decodable, Hashable {
    static let path = "forward_backward"
    typealias Outcome = PassOutcome
    var repetition: Repetition { .numbered }

    let modelID: String
    let input: PassInput
    let seqID: Int

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case input = "forward_backward_input"
        case seqID = "seq_id"
    }
}

/// What a pass says of each sequence.
struct PassOutcome: Codable, Sendable, Hashable {
    struct Sequence: Codable, Sendable, Hashable {
        /// Numbers in which the service may have put null for what is not finite.
        struct Values: Codable, Sendable, Hashable {
            let data: [Float?]
        }

        /// One for each position, before any gradient of the same request is applied.
        let logprobs: Values
    }

    let outputs: [Sequence]
    /// Names end in how chunks are to be combined, as in `loss:sum`.
    let metrics: [String: Double]?

    enum CodingKeys: String, CodingKey {
        case outputs = "loss_fn_outputs"
        case metrics
    }
}

/// Applies the gradients that were added, by Adam with decoupled decay, and clears them.
struct OptimStep: PromisedCall, Decodable, Hashable {
    static let path = "optim_step"
    var repetition: Repetition { .numbered }

    struct Adam: Codable, Sendable, Hashable {
        let learningRate: Float
        let beta1: Float
        let beta2: Float
        let eps: Float
        let weightDecay: Float
        /// 0 never scales.
        let gradClipNorm: Float

        enum CodingKeys: String, CodingKey {
            case beta1, beta2, eps
            case learningRate = "learning_rate"
            case weightDecay = "weight_decay"
            case gradClipNorm = "grad_clip_norm"
        }
    }

    let modelID: String
    let adam: Adam
    let seqID: Int
    var type = "optim_step"

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case adam = "adam_params"
        case seqID = "seq_id"
        case type
    }

    struct Outcome: Codable, Sendable, Hashable {
        /// SkyRL-tx 0.3.0 says nothing.
        let metrics: [String: Double]?
    }
}
