import Autodidact
import Foundation

/// A connection to a service: makes requests, again where that is safe, and reads answers.
struct TinkerConnection: Sendable {
    let url: String
    let pacing: Pacing
    private let transport: any Transport

    init(to url: String, over transport: any Transport, pacing: Pacing) {
        (self.url, self.transport, self.pacing) = (url, transport, pacing)
    }

    /// Makes a request and reads what the service answers at once.
    ///
    /// - Parameter isKnownAgain: Whether the service knows numbered requests again, so that they may be repeated too.
    /// - Throws: `TinkerError` or `CancellationError`.
    func ask<Request: Call>(_ request: Request, isKnownAgain: Bool = false) async throws -> Request.Answer {
        let isRepeatable = request.repetition != .numbered || isKnownAgain
        let reply = try await reply(Request.path, body: try encoded(request), isRepeatable: isRepeatable)
        return try read(Request.Answer.self, from: reply, of: Request.path)
    }

    /// What is at a path, by GET.
    func get<Answer: Decodable>(_ path: String, as type: Answer.Type) async throws -> Answer {
        try read(type, from: try await reply(path, body: nil, isRepeatable: true), of: path)
    }

    /// One look at the result of a queued request.
    func look(for promise: Promise) async throws -> Attempt.Result {
        let body = try encoded(RetrieveFuture(requestID: promise.requestID))
        return try await transport.attempt(RetrieveFuture.path, body: body, within: pacing.attempt)
    }

    /// Lets go of its connections.
    func close() async throws { try await transport.close() }

    /// The service's place of a path.
    func place(_ path: String) -> String { "\(url)/api/v1/\(path)" }

    /// Makes requests until one is answered or no further one may be made.
    private func reply(_ path: String, body: Data?, isRepeatable: Bool) async throws -> Reply {
        let place = place(path)
        var course = RetryCourse(isRepeatable: isRepeatable, patience: pacing.patience, now: pacing.clock.monotonic())
        while true {
            let result = try await transport.attempt(path, body: body, within: pacing.attempt)
            switch course.step(after: result.attempt, now: pacing.clock.monotonic()) {
            case .take: return try result.reply(from: place)
            case .again(let wait): try await pacing.pause(wait)
            case .uncertain: throw TinkerError.uncertain(url: place, reason: result.reason)
            case .giveUp: throw result.failure(at: place)
            }
        }
    }

    private func encoded(_ request: some Encodable) throws -> Data {
        do { return try JSONEncoder().encode(request) } catch {
            throw TinkerError.request("a request cannot be written: \(error); is a number in it not finite?")
        }
    }

    /// Reads an answer that is a success.
    func read<Answer: Decodable>(_ type: Answer.Type, from reply: Reply, of path: String) throws -> Answer {
        guard (200...299).contains(reply.status) else {
            throw TinkerError.refused(url: place(path), status: reply.status, said: reply.refusal)
        }
        do { return try JSONDecoder().decode(type, from: reply.body) } catch {
            let (field, reason) = (error as? DecodingError)?.place ?? ("the whole answer", "\(error)")
            throw TinkerError.unreadable(url: place(path), field: field, reason: reason)
        }
    }
}
