import Autodidact
import Foundation

/// A connection to an endpoint: asks, again where that helps, and reads answers.
///
/// A completion changes nothing there, so that every request may be repeated.
struct EndpointConnection: Sendable {
    let url: String
    let form: OpenAIOptions.Form
    let pacing: Pacing
    let budget: TokenBudget
    private let transport: any Transport

    init(to url: String, form: OpenAIOptions.Form, over transport: any Transport, pacing: Pacing, budget: TokenBudget) {
        (self.url, self.form, self.transport, self.pacing, self.budget) = (url, form, transport, pacing, budget)
    }

    /// Where requests go.
    var place: String { "\(url)/\(form.path)" }

    /// The statuses by which servers say that they do not know a field or a value, beside those that may pass.
    private static let refusals: Set = [400, 404, 405, 422, 500, 501]
    /// What a server says of an account that waiting does not help.
    private static let noCredit = "insufficient_quota"

    /// Asks until there is an answer, or no further attempt has a purpose.
    ///
    /// - Throws: `OpenAIError` or `CancellationError`; `.budgetSpent` before anything is sent.
    func ask(_ request: EndpointRequest) async throws -> EndpointAnswer {
        try read(try await reply(to: request) { _ in false }, of: request)
    }

    /// Asks for something that the endpoint may not know; nil where it refuses it, or its answer cannot be read.
    func tries(_ request: EndpointRequest) async throws -> EndpointAnswer? {
        let reply = try await reply(to: request, isFinal: Self.refusals.contains)
        if Self.refusals.contains(reply.status) { return nil }
        do { return try read(reply, of: request) } catch {
            guard case .unreadable = error else { throw error }
            return nil
        }
    }

    /// Lets go of its connections.
    func close() async throws { try await transport.close() }

    private func reply(to request: EndpointRequest, isFinal: (Int) -> Bool) async throws -> Reply {
        let body: Data
        do { body = try JSONEncoder().encode(request) } catch {
            throw OpenAIError.request("a request cannot be written: \(error); is a number in it not finite?")
        }
        var course = RetryCourse(isRepeatable: true, patience: pacing.patience, now: pacing.clock.monotonic())
        while true {
            try budget.check(url)
            let result = try await transport.attempt(form.path, body: body, within: pacing.attempt)
            if case .reply(let reply) = result, isFinal(reply.status) || reply.refusalCode == Self.noCredit { return reply }
            switch course.step(after: result.attempt, now: pacing.clock.monotonic()) {
            case .take:
                guard case .reply(let reply) = result else { throw result.endpointFailure(at: place) }
                return reply
            case .again(let wait): try await pacing.pause(wait)
            case .giveUp, .uncertain: throw result.endpointFailure(at: place)
            }
        }
    }

    private func read(_ reply: Reply, of request: EndpointRequest) throws(OpenAIError) -> EndpointAnswer {
        guard (200...299).contains(reply.status) else {
            throw .refused(url: place, status: reply.status, said: reply.refusal)
        }
        do {
            let answer = try JSONDecoder().decode(EndpointAnswer.self, from: reply.body)
            budget.add(answer.tokens(for: request))
            return answer
        } catch {
            let (field, reason) = (error as? DecodingError)?.place ?? ("the whole answer", "\(error)")
            throw .unreadable(url: place, field: field, reason: reason)
        }
    }
}

extension EndpointAnswer {
    /// What it has used; where the server does not count, a token for each byte, which is more.
    fileprivate func tokens(for request: EndpointRequest) -> Int {
        let prompt = usage?.promptTokens ?? request.prompt.bytes
        let said = usage?.completionTokens ?? choices.reduce(0) { $0 + ($1.tokens?.count ?? $1.text.utf8.count) }
        let (sum, isTooLarge) = max(0, prompt).addingReportingOverflow(max(0, said))
        return isTooLarge ? .max : sum
    }
}

extension EndpointRequest.Prompt {
    fileprivate var bytes: Int {
        switch self {
        case .messages(let messages): messages.reduce(0) { $0 + $1.content.utf8.count }
        case .text(let text): text.utf8.count
        }
    }
}

extension Attempt.Result {
    /// The error of an attempt after which there is no other.
    fileprivate func endpointFailure(at place: String) -> OpenAIError {
        switch self {
        case .reply(let reply): .refused(url: place, status: reply.status, said: reply.refusal)
        case .fault(.timedOut(let limit)): .timedOut(url: place, after: limit)
        case .fault: .unreachable(url: place, reason: reason)
        }
    }
}

extension Reply {
    /// The name that a refusal gives its cause, where it gives one.
    fileprivate var refusalCode: String? {
        (200...299).contains(status) ? nil : (try? JSONDecoder().decode(Refusal.self, from: body))?.code
    }
}
