import Autodidact
import HTTPTypes
import Hummingbird

/// Answers requests for metrics: GET /metrics and nothing else.
struct MetricsResponder<Context>: HTTPResponder {
    /// A request for metrics has no body; one of a few bytes is passed over.
    private static var largestBody: Int { 4096 }

    /// Who is asked for; nil where everybody may read.
    let token: Secret?
    /// The metrics now.
    let text: @Sendable () -> String

    func respond(to request: Request, context: Context) async throws -> Response {
        // Who may not read is not told what there is.
        guard isAllowed(request.head) else {
            return answer(.unauthorized, "a bearer token is required\n", [.wwwAuthenticate: "Bearer realm=\"autodidact\""])
        }
        guard request.head.path.map(Self.place) == "/metrics" else { return answer(.notFound, "there is only /metrics\n") }
        guard request.method == .get else { return answer(.methodNotAllowed, "only GET\n", [.allow: "GET"]) }
        if isTooLarge(request.headers) { return Self.refused }
        return answer(.ok, text(), [.contentType: "text/plain; version=0.0.4; charset=utf-8"])
    }

    /// The path of a target without its query.
    private static func place(_ target: String) -> Substring { target.prefix { $0 != "?" } }

    private func isAllowed(_ head: HTTPRequest) -> Bool {
        guard let token else { return true }
        let scheme = "bearer "
        guard let value = head.headerFields[.authorization], value.prefix(scheme.count).lowercased() == scheme else { return false }
        return token.matches(value.dropFirst(scheme.count).drop { $0 == " " })
    }

    private func isTooLarge(_ headers: HTTPFields) -> Bool {
        if headers[.transferEncoding] != nil { return true }
        guard let length = headers[.contentLength] else { return false }
        return Int(length).map { $0 > Self.largestBody } ?? true
    }

    private func answer(_ status: HTTPResponse.Status, _ text: String, _ more: HTTPFields = [:]) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"]
        for field in more { headers[field.name] = field.value }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The refusal of a body, which is not read: the connection ends.
    private static var refused: Response {
        let text = "a request for metrics has no body\n"
        return Response(
            status: .contentTooLarge, headers: [.contentType: "text/plain; charset=utf-8", .connection: "close"],
            body: ResponseBody(contentLength: text.utf8.count) { writer in
                try await writer.write(ByteBuffer(string: text))
                try await writer.finish(nil)
                throw BodyRefused()
            })
    }
}

/// Ends a connection whose request has a body that nobody will read.
struct BodyRefused: Error {}
