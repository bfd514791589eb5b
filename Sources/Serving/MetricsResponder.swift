import Autodidact
import HTTPTypes
import Hummingbird

/// Answers requests for metrics: GET /metrics and nothing else.
struct MetricsResponder<Context>: HTTPResponder {
    /// Who is asked for; nil where everybody may read.
    let token: Secret?
    /// How large a body may be.
    var limits = ServerLimits()
    /// The metrics now.
    let text: @Sendable () -> String

    func respond(to request: Request, context: Context) async throws -> Response {
        let head = request.head
        // Who may not read is not told what there is, and holds no connection.
        guard isAllowed(head) else {
            return answer(
                head, .unauthorized, "a bearer token is required\n", [.wwwAuthenticate: "Bearer realm=\"autodidact\""], isLast: true)
        }
        let isLast = isLast(head)
        guard head.path.map(Self.place) == "/metrics" else { return answer(head, .notFound, "there is only /metrics\n", isLast: isLast) }
        guard head.method == .get else { return answer(head, .methodNotAllowed, "only GET\n", [.allow: "GET"], isLast: isLast) }
        if isTooLarge(head.headerFields) { return answer(head, .contentTooLarge, "a request for metrics has no body\n", isLast: true) }
        return answer(head, .ok, text(), [.contentType: "text/plain; version=0.0.4; charset=utf-8"], isLast: isLast)
    }

    /// The path of a target without its query.
    private static func place(_ target: String) -> Substring { target.prefix { $0 != "?" } }

    private func isAllowed(_ head: HTTPRequest) -> Bool {
        guard let token else { return true }
        let scheme = "bearer "
        guard let value = head.headerFields[.authorization], value.prefix(scheme.count).lowercased() == scheme else { return false }
        return token.matches(value.dropFirst(scheme.count).drop { $0 == " " })
    }

    /// Whether nothing can follow: a body that nobody will read, another protocol, or a wish to end that Hummingbird, which knows it
    /// in one spelling only, would not see.
    private func isLast(_ head: HTTPRequest) -> Bool {
        if isTooLarge(head.headerFields) || head.method == .connect { return true }
        guard let connection = head.headerFields[.connection] else { return false }
        return connection != "close" && connection.lowercased() != "keep-alive"
    }

    private func isTooLarge(_ headers: HTTPFields) -> Bool {
        if headers[.transferEncoding] != nil { return true }
        guard let length = headers[.contentLength] else { return false }
        return Int(length).map { $0 > limits.bodyBytes } ?? true
    }

    private func answer(
        _ head: HTTPRequest, _ status: HTTPResponse.Status, _ text: String, _ more: HTTPFields = [:], isLast: Bool
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"]
        for field in more { headers[field.name] = field.value }
        // After HEAD a text would be taken for the next answer.
        let text = ByteBuffer(string: head.method == .head ? "" : text)
        guard isLast else { return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: text)) }
        headers[.connection] = "close"
        return Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: text.readableBytes) { writer in
                try await writer.write(text)
                try await writer.finish(nil)
                throw ConnectionEnded()
            })
    }
}

/// Ends a connection from which nothing more is read.
struct ConnectionEnded: Error {}
