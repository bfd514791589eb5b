import Autodidact
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Serving

/// Without sockets: requests are given to the responder.
@Suite("The metrics endpoint")
struct MetricsResponderTests {
    private func answer(
        _ method: HTTPRequest.Method = .get, _ path: String = "/metrics", _ headers: HTTPFields = [:], token: String? = nil
    ) async throws -> (status: Int, headers: HTTPFields, length: Int?) {
        let secret = try token.map { try Secret($0, from: .environment("TOKEN")) }
        let responder = MetricsResponder<Void>(token: secret) { "metric 1\n" }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let response = try await responder.respond(to: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: ())
        return (response.status.code, response.headers, response.body.contentLength)
    }

    @Test("shows the metrics in the format's own type", arguments: ["/metrics", "/metrics?x=1"])
    func shown(path: String) async throws {
        let answer = try await answer(.get, path)
        #expect(answer.status == 200 && answer.length == 9)
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test("has no other place", arguments: ["/", "/metrics/", "/metrics/x", "//metrics", "/Metrics", "/%6Detrics", "/../metrics", "*", ""])
    func absent(path: String) async throws {
        #expect(try await answer(.get, path).status == 404)
    }

    @Test("takes no other method", arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace, .connect, .head])
    func methods(method: HTTPRequest.Method) async throws {
        let answer = try await answer(method)
        #expect(answer.status == 405 && answer.headers[.allow] == "GET")
    }

    @Test(
        "takes no body that is worth the name",
        arguments: [("0", 200), ("4096", 200), ("4097", 413), ("99999999999999999999", 413), ("-1", 200), ("x", 413)])
    func bodies(length: String, status: Int) async throws {
        #expect(try await answer(.get, "/metrics", [.contentLength: length]).status == status)
    }

    @Test("takes no body of unknown length")
    func chunked() async throws {
        let answer = try await answer(.get, "/metrics", [.transferEncoding: "chunked"])
        #expect(answer.status == 413 && answer.headers[.connection] == "close")
    }

    @Test(
        "ends a connection whose body nobody will read, whatever the answer",
        arguments: [(HTTPRequest.Method.get, "/metrics", 413), (.get, "/other", 404), (.post, "/metrics", 405)])
    func unreadBodies(method: HTTPRequest.Method, path: String, status: Int) async throws {
        for headers: HTTPFields in [[.contentLength: "4097"], [.transferEncoding: "chunked"]] {
            let answer = try await answer(method, path, headers)
            #expect(answer.status == status && answer.headers[.connection] == "close")
        }
        #expect(try await answer(.get, "/metrics", [.contentLength: "4096"]).headers[.connection] == nil)
    }

    @Test(
        "ends a connection after which nothing can follow",
        arguments: [
            ("upgrade", true), ("Upgrade, HTTP2-Settings", true), ("Close", true), ("keep-alive, close", true), ("keep-alive", false),
            ("Keep-Alive", false),
        ])
    func lastRequests(connection: String, isLast: Bool) async throws {
        let answer = try await answer(.get, "/metrics", [.connection: connection])
        #expect(answer.status == 200 && answer.length == 9 && (answer.headers[.connection] == "close") == isLast)
    }

    @Test("ends a connection that is to become a tunnel")
    func tunnel() async throws {
        let answer = try await answer(.connect, "machine.example:443")
        #expect(answer.status == 404 && answer.headers[.connection] == "close")
    }

    @Test("sends no text after HEAD, which would be taken for the next answer")
    func head() async throws {
        #expect(try await answer(.head).length == 0)
    }

    @Test("shows nothing without the token where there is one, not even what there is", arguments: ["/metrics", "/", "/other"])
    func unauthorized(path: String) async throws {
        let wrong = ["", "Bearer", "Bearer ", "Bearer wrong", "Bearer tokentoken", "Bearer toke", "Basic token", "token", "Bearer token x"]
        for value in wrong {
            let answer = try await answer(.get, path, [.authorization: value], token: "token")
            #expect(answer.status == 401 && answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true, "\(value)")
            #expect(answer.headers[.connection] == "close", "who may not read holds no connection")
        }
        #expect(try await answer(.get, path, token: "token").status == 401)
    }

    @Test("shows the metrics to whoever has the token", arguments: ["Bearer token", "bearer token", "BEARER  token"])
    func authorized(value: String) async throws {
        #expect(try await answer(.get, "/metrics", [.authorization: value], token: "token").status == 200)
    }
}
