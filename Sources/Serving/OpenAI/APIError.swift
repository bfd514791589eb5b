import Autodidact
import HTTPTypes
import Texts

/// Why a request is not answered, in the form that clients of OpenAI's interface read.
struct APIError: Error, Hashable, CustomStringConvertible {
    var status: HTTPResponse.Status
    /// One sentence for people.
    let message: String
    /// The kind of fault; `invalid_request_error` where the request is at fault.
    let type: String
    /// The parameter at fault.
    var parameter: String?
    /// What programs tell faults apart by.
    let code: String?
    /// After how many seconds it is worth asking again.
    var retryAfter: Int?
    /// The methods that are allowed, where another was taken.
    var allowed: String?

    var description: String { message }

    /// As it stands in an answer.
    var json: JSONNode {
        .object([
            "error": .object([
                "message": .string(message), "type": .string(type), "param": parameter.map(JSONNode.string) ?? .null,
                "code": code.map(JSONNode.string) ?? .null,
            ])
        ])
    }

    /// The fields of the head that belong to it.
    var fields: HTTPFields {
        var fields: HTTPFields = [.contentType: "application/json"]
        if let retryAfter { fields[.retryAfter] = "\(retryAfter)" }
        if let allowed { fields[.allow] = allowed }
        if status == .unauthorized { fields[.wwwAuthenticate] = "Bearer realm=\"autodidact\"" }
        return fields
    }

    /// A request that asks for what it cannot have.
    static func invalid(_ message: String, parameter: String? = nil, code: String? = nil, status: HTTPResponse.Status = .badRequest) -> Self
    {
        APIError(status: status, message: message, type: "invalid_request_error", parameter: parameter, code: code)
    }

    /// A parameter of the wrong type.
    static func wrongType(_ parameter: String, is node: JSONNode, expected: String) -> Self {
        .invalid("'\(parameter.shown)' must be \(expected), not \(node.apiKind)", parameter: parameter.shown, code: "invalid_type")
    }

    /// A value that this server does not have.
    static func unsupported(_ parameter: String, _ why: String) -> Self {
        .invalid("'\(parameter)' \(why)", parameter: parameter, code: "unsupported_value")
    }

    /// A prompt, or a prompt and its continuation, that does not fit.
    static func contextLength(_ message: String, parameter: String) -> Self {
        .invalid(message, parameter: parameter, code: "context_length_exceeded")
    }

    static let unauthorized = invalid(
        "a bearer token is required: send 'Authorization: Bearer TOKEN'", code: "invalid_api_key", status: .unauthorized)
    static let busy = APIError(
        status: .tooManyRequests, message: "as many sequences wait as may; ask again later", type: "rate_limit_error",
        code: "rate_limit_exceeded", retryAfter: 1)
    static let stopping = APIError(
        status: .serviceUnavailable, message: "the server is ending; ask again once it is back", type: "server_error",
        code: "server_shutting_down", retryAfter: 5)
}

extension JSONNode {
    /// What a value of this type is called in messages.
    var apiKind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
