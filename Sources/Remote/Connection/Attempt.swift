import Foundation

extension Attempt {
    /// An attempt with all that came of it.
    enum Result: Sendable, Hashable {
        case reply(Reply)
        case fault(TransportFault)

        /// What decides about the next step.
        var attempt: Attempt {
            switch self {
            case .reply(let reply): .reply(status: reply.status, retryAfter: reply.retryAfter)
            case .fault(let fault): .fault(fault)
            }
        }

        /// The reply; a fault as an error.
        func reply(from place: String) throws(TinkerError) -> Reply {
            guard case .reply(let reply) = self else { throw failure(at: place) }
            return reply
        }

        /// What went wrong, for people.
        var reason: String {
            switch self {
            case .reply(let reply): "it answered \(reply.status): \(reply.refusal)"
            case .fault(.notSent(let reason)): reason
            case .fault(.cut(let reason)): "the connection ended: \(reason)"
            case .fault(.timedOut(let limit)): "no answer within \(limit.inWords)"
            case .fault(.tooLong(let bytes)): "the answer is longer than \(bytes) bytes"
            }
        }

        /// The error of an attempt after which there is no other.
        func failure(at place: String) -> TinkerError {
            switch self {
            case .reply(let reply): .refused(url: place, status: reply.status, said: reply.refusal)
            case .fault(.timedOut(let limit)): .timedOut(url: place, after: limit)
            case .fault: .unreachable(url: place, reason: reason)
            }
        }
    }
}

extension Reply {
    /// What the service says of a status that is no success.
    var refusal: String {
        if let said = try? JSONDecoder().decode(Refusal.self, from: body) { return said.text }
        let text = String(decoding: body.prefix(240), as: UTF8.self)
        return text.isEmpty ? "without a word" : text
    }
}

extension DecodingError {
    /// Where in an answer something is wrong, and what.
    var place: (field: String, reason: String) {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (Self.name(context.codingPath), context.debugDescription)
        case .keyNotFound(let key, let context): (Self.name(context.codingPath + [key]), "it is missing")
        @unknown default: ("", "\(self)")
        }
    }

    private static func name(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the whole answer" : path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    }
}
