/// Waits for the result of a queued request.
struct RetrieveFuture: Codable, Sendable, Hashable {
    static let path = "retrieve_future"

    let requestID: String

    enum CodingKeys: String, CodingKey {
        case requestID = "request_id"
    }
}

/// What an answer to `RetrieveFuture` says before it is read as a result.
struct FutureState: Decodable, Sendable, Hashable {
    /// `try_again` while the request waits or runs.
    let type: String?
    /// Why the request failed.
    let error: String?
    /// Why it waits, such as `paused_rate_limit`.
    let queueState: String?

    enum CodingKeys: String, CodingKey {
        case type, error
        case queueState = "queue_state"
    }
}

/// What services say with a status that is not a success: FastAPI's `detail`, or `error`, or `message`; OpenAI's `error` is
/// an object.
struct Refusal: Decodable, Sendable {
    let text: String
    /// OpenAI's name of the cause, such as `insufficient_quota`.
    private(set) var code: String?

    private enum CodingKeys: String, CodingKey { case detail, error, message }

    /// OpenAI's error; the code is a number at some servers.
    private struct Object: Decodable {
        let message: String
        let code: String?

        private enum CodingKeys: String, CodingKey { case message, code }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            message = try container.decode(String.self, forKey: .message)
            code = try? container.decodeIfPresent(String.self, forKey: .code)
        }
    }

    /// One entry of FastAPI's list of invalid fields.
    private struct Field: Decodable {
        let loc: [Place]
        let msg: String

        enum Place: Decodable {
            case name(String)
            case index(Int)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let index = try? container.decode(Int.self) {
                    self = .index(index)
                } else {
                    self = .name(try container.decode(String.self))
                }
            }

            var text: String {
                switch self {
                case .name(let name): name
                case .index(let index): "\(index)"
                }
            }
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        for key in [CodingKeys.detail, .error, .message] where container.contains(key) {
            if let fields = try? container.decode([Field].self, forKey: key) {
                text = fields.map { $0.loc.map(\.text).joined(separator: ".") + ": " + $0.msg }.joined(separator: "; ")
            } else if let object = try? container.decode(Object.self, forKey: key) {
                (text, code) = (object.message, object.code)
            } else {
                text = try container.decode(String.self, forKey: key)
            }
            return
        }
        throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "neither detail nor error nor message"))
    }
}
