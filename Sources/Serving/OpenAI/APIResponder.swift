import Autodidact
import HTTPTypes
import Hummingbird
import NIOCore

/// What is known of a request beside the request: the connection that it came over; none in tests without sockets.
struct APIContext: InitializableFromSource {
    let channel: (any Channel)?

    init() { channel = nil }

    init(source: ApplicationRequestContextSource) { channel = source.channel }
}

/// Answers requests as OpenAI's interface has it: models, completions, chat completions, and whether the server is well.
struct APIResponder<Engine: GenerationEngine>: HTTPResponder {
    let engine: Engine
    let model: ServedModelName
    /// Who is asked for; nobody where everybody may ask.
    let bearer: Bearer
    let limits: ServerLimits
    let clock: any WorldClock
    /// Numbers of which no two are the same.
    var entropy: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    private let departures = Departures()

    init(_ engine: Engine, model: ServedModelName, bearer: Bearer, limits: ServerLimits, clock: any WorldClock) {
        (self.engine, self.model, self.bearer, self.limits, self.clock) = (engine, model, bearer, limits, clock)
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let head = request.head
        do {
            // Who may not ask is not told what there is.
            guard bearer.admits(head) else { throw Refused(.unauthorized) }
            let place = try Place(head, model: model)
            if let node = place.known(model: model) { return answer(head, .ok, node, endsConnection: head.endsConnection || hasBody(head)) }
            let body = try await body(of: request)
            do throws(APIError) {
                return try await generate(body, isChat: place == .chat, head: head, channel: context.channel)
            } catch {
                throw Refused(error, endsConnection: head.endsConnection)
            }
        } catch let refused as Refused {
            return Response(
                to: head, refused.error.status, refused.error.json.text, refused.error.fields, endsConnection: refused.endsConnection)
        }
    }

    private func generate(
        _ body: [UInt8], isChat: Bool, head: HTTPRequest, channel: (any Channel)?
    ) async throws(APIError) -> Response {
        let asked = try AskedAnswer(body: body, isChat: isChat)
        guard asked.model == model.name else { throw .noModel(asked.model) }
        let plan = try AnswerPlan(asked, for: engine, root: entropy())
        let ticket: GenerationTicket
        do {
            ticket = try engine.submit(plan.request)
        } catch {
            throw error == .busy ? .busy : .stopping
        }
        if let channel { departures.watch(channel, left: ticket.cancel) }
        let form = AnswerForm(
            plan: plan, id: (isChat ? "chatcmpl-" : "cmpl-") + hexadecimal(entropy()) + hexadecimal(entropy()),
            created: Int(clock.secondsSince1970()), model: model.name, fingerprint: model.fingerprint,
            logprobs: LogprobTexts { [engine] in engine.spelling(of: $0) })
        let telling = AnswerTelling(form, ticket: ticket)
        if asked.isStreamed { return stream(telling, channel: channel, endsConnection: head.endsConnection) }
        defer { if let channel { departures.forget(channel) } }
        return answer(head, .ok, try await telling.whole(), endsConnection: head.endsConnection)
    }

    private func stream(_ telling: AnswerTelling, channel: (any Channel)?, endsConnection: Bool) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        if endsConnection { headers[.connection] = "close" }
        let departures = departures
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                // Also where nobody reads any more.
                defer {
                    telling.ticket.cancel()
                    if let channel { departures.forget(channel) }
                }
                var writer = writer
                do {
                    try await telling.stream { try await writer.write(ByteBuffer(string: $0)) }
                } catch is ConnectionEnded {
                    try await writer.finish(nil)
                    throw ConnectionEnded()
                }
                try await writer.finish(nil)
                if endsConnection { throw ConnectionEnded() }
            })
    }

    /// The whole body.
    /// - Throws: `Refused` where it is too large, or no JSON by its head, so that it is not read.
    private func body(of request: Request) async throws -> [UInt8] {
        let type = request.headers[.contentType] ?? ""
        // What a page of some other place can make a browser send without asking is never of this type.
        guard type.prefix(while: { $0 != ";" }).lowercased().filter({ $0 != " " }) == "application/json" else {
            throw Refused(.invalid("the content type must be application/json", status: .unsupportedMediaType))
        }
        let tooLarge = Refused(
            .invalid("a request may have \(limits.bodyBytes) bytes", code: "request_too_large", status: .contentTooLarge))
        if let length = request.headers[.contentLength], Int(length).map({ $0 > limits.bodyBytes }) ?? true { throw tooLarge }
        do {
            return Array(try await request.body.collect(upTo: limits.bodyBytes).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    private func hasBody(_ head: HTTPRequest) -> Bool {
        head.headerFields[.transferEncoding] != nil || (head.headerFields[.contentLength] ?? "0") != "0"
    }

    private func answer(_ head: HTTPRequest, _ status: HTTPResponse.Status, _ node: JSONNode, endsConnection: Bool) -> Response {
        Response(to: head, status, node.text, [.contentType: "application/json"], endsConnection: endsConnection)
    }

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A request that is not answered; unless it was read to its end, the connection ends with it.
struct Refused: Error {
    let error: APIError
    var endsConnection = true

    init(_ error: APIError, endsConnection: Bool = true) { (self.error, self.endsConnection) = (error, endsConnection) }
}
