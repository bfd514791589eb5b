import Autodidact
import Foundation
import HTTPTypes
import Texts

/// The model that is served, as clients name it.
public struct ServedModelName: Sendable, Hashable {
    /// What requests call it.
    public let name: String
    /// What names its weights, if that is known.
    public let fingerprint: String?
    /// Seconds since 1970.
    public let created: Int

    /// A name, with what names the weights and when they were put up.
    public init(_ name: String, fingerprint: String?, created: Int) {
        (self.name, self.fingerprint, self.created) = (name, fingerprint, created)
    }

    var json: JSONNode {
        .object([
            "id": .string(name), "object": .string("model"), "created": .number("\(created)"), "owned_by": .string("autodidact"),
        ])
    }
}

/// What a request goes to.
enum Place: Hashable {
    case health
    case models
    /// The model itself.
    case model
    case completions
    case chat

    /// - Throws: `Refused` where there is nothing, or another method was needed.
    init(_ head: HTTPRequest, model: ServedModelName) throws(Refused) {
        let place = String(head.place)
        let method: HTTPRequest.Method
        switch place {
        case "/health": (self, method) = (.health, .get)
        case "/v1/models": (self, method) = (.models, .get)
        case "/v1/completions": (self, method) = (.completions, .post)
        case "/v1/chat/completions": (self, method) = (.chat, .post)
        default:
            guard place.hasPrefix("/v1/models/") else {
                throw Refused(.invalid("there is no '\(place.shown)'; there are \(Self.all)", code: "unknown_url", status: .notFound))
            }
            let name = String(place.dropFirst("/v1/models/".count))
            guard name.removingPercentEncoding == model.name else { throw Refused(.noModel(name)) }
            (self, method) = (.model, .get)
        }
        guard head.method == method else {
            var error = APIError.invalid("only \(method.rawValue) \(place)", code: "method_not_allowed", status: .methodNotAllowed)
            error.allowed = method.rawValue
            throw Refused(error)
        }
    }

    /// What is answered without any work.
    func known(model: ServedModelName) -> JSONNode? {
        switch self {
        case .health: .object(["status": .string("ok")])
        case .models: .object(["object": .string("list"), "data": .array([model.json])])
        case .model: model.json
        case .completions, .chat: nil
        }
    }

    private static let all = "/v1/models, /v1/completions, /v1/chat/completions and /health"
}

extension APIError {
    /// A model that is not served here.
    static func noModel(_ name: String) -> Self {
        .invalid(
            "the model '\(name.shown)' is not served here; see /v1/models", parameter: "model", code: "model_not_found", status: .notFound)
    }
}
