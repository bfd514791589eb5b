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
        guard Bearer(token: token).admits(head) else {
            return answer(
                head, .unauthorized, "a bearer token is required\n", [.wwwAuthenticate: "Bearer realm=\"autodidact\""], isLast: true)
        }
        let isLast = isLast(head)
        guard head.place == "/metrics" else { return answer(head, .notFound, "there is only /metrics\n", isLast: isLast) }
        guard head.method == .get else { return answer(head, .methodNotAllowed, "only GET\n", [.allow: "GET"], isLast: isLast) }
        if isTooLarge(head.headerFields) { return answer(head, .contentTooLarge, "a request for metrics has no body\n", isLast: true) }
        return answer(head, .ok, text(), [.contentType: "text/plain; version=0.0.4; charset=utf-8"], isLast: isLast)
    }

    /// Whether nothing can follow, a body that nobody will read among other things.
    private func isLast(_ head: HTTPRequest) -> Bool { isTooLarge(head.headerFields) || head.endsConnection }

    private func isTooLarge(_ headers: HTTPFields) -> Bool {
        if headers[.transferEncoding] != nil { return true }
        guard let length = headers[.contentLength] else { return false }
        return Int(length).map { $0 > limits.bodyBytes } ?? true
    }

    private func answer(
        _ head: HTTPRequest, _ status: HTTPResponse.Status, _ text: String, _ more: HTTPFields = [:], isLast: Bool
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        for field in more { headers[field.name] = field.value }
        return Response(to: head, status, text, headers, endsConnection: isLast)
    }
}
