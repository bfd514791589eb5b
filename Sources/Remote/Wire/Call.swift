/// A request to a training service: its body, and what the service answers at once.
///
/// The names of all fields are those of the Tinker REST API, as its SDK 0.25 sends them and SkyRL-tx 0.3.0 reads them.
protocol Call: Encodable, Sendable {
    associatedtype Answer: Decodable & Sendable

    /// Below `/api/v1/`.
    static var path: String { get }
    /// What a repeated request would do.
    var repetition: Repetition { get }
}

/// A request whose result comes later, by `retrieve_future`.
protocol PromisedCall: Call where Answer == Promise {
    associatedtype Outcome: Decodable & Sendable
}

/// What happens where a service gets the same request twice, because the answer to the first was lost.
enum Repetition: Sendable, Hashable {
    /// Nothing that matters: it reads, or what it makes is used by nobody else.
    case harmless
    /// It would change the model twice, unless the service knows the number (`seq_id`) again.
    case numbered
    /// The service refuses the second (409), because the name is taken; so the first was accepted.
    case named
}

/// What a queued request is known by.
struct Promise: Codable, Sendable, Hashable {
    /// What `retrieve_future` asks for.
    let requestID: String
    /// The model that the request is about, where the service says so.
    let modelID: String?

    enum CodingKeys: String, CodingKey {
        case requestID = "request_id"
        case modelID = "model_id"
    }
}
