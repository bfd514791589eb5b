import Autodidact
import NIOCore
import Testing

@testable import Serving

/// Over real sockets, each limit alone: the others are out of reach.
@Suite("Limits of the metrics server")
struct ServerLimitsTests {
    /// Does some work with a server whose limits are none but those that `change` sets.
    private func serving(
        token: String? = nil, _ change: (inout ServerLimits) -> Void, perform work: @escaping @Sendable (ListenAddress) async throws -> Void
    ) async throws {
        var server = try TestServer.make(token: token.map { try Secret($0, from: .environment("X")) })
        server.limits.idleTime = .hours(1)
        server.limits.uselessBytes = .max
        change(&server.limits)
        try await server.serving(failed: { Issue.record("\($0)") }, perform: work)
    }

    @Test(
        "ends a connection that asks for nothing, or never to the end",
        arguments: ["", "GET /metr", "GET /metrics HTTP/1.1\r\nHost: x\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"])
    func idle(start: String) async throws {
        try await serving {
            $0.idleTime = .milliseconds(20)
        } perform: { address in
            try await sendUntilEnd(start, to: address)
        }
    }

    @Test(
        "refuses a head that is too large",
        arguments: [
            ("/metrics?" + String(repeating: "a", count: 2000), ""), ("/metrics", "A: " + String(repeating: "a", count: 2000) + "\r\n"),
            ("/metrics", String(repeating: "A: " + String(repeating: "a", count: 200) + "\r\n", count: 10)),
            ("/metrics", String(repeating: "A: a\r\n", count: 20)),
        ])
    func heads(path: String, headers: String) async throws {
        try await serving {
            ($0.headBytes, $0.headers) = (1000, 10)
        } perform: { address in
            let answer = try await exchange("GET \(path) HTTP/1.1\r\nHost: x\r\n\(headers)Connection: close\r\n\r\n", with: address)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        }
    }

    @Test("ends a connection that sends what is no part of a request")
    func uselessBytes() async throws {
        try await serving {
            $0.uselessBytes = 100_000
        } perform: { address in
            try await sendUntilEnd(String(repeating: "\r\n", count: 200_000), to: address)
        }
    }

    @Test(
        "ends a connection after a refused body, a tunnel or another protocol",
        arguments: [
            ("GET /metrics", "Content-Length: 999999999\r\n", 413), ("GET /", "Content-Length: 999999999\r\n", 404),
            ("POST /metrics", "Transfer-Encoding: chunked\r\n", 405), ("CONNECT x:80", "", 404),
            ("GET /metrics", "Connection: Upgrade\r\nUpgrade: websocket\r\n", 200),
        ])
    func unread(start: String, headers: String, status: Int) async throws {
        try await serving { _ in
        } perform: { address in
            let answer = try await exchange("\(start) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n", with: address)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && answer.lowercased().contains("\r\nconnection: close\r\n"), "\(answer)")
        }
    }

    @Test("holds no connection of who may not read")
    func unauthorized() async throws {
        try await serving(token: "token") { _ in
        } perform: { address in
            let answer = try await exchange("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", with: address)
            #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.contains("a bearer token is required"), "\(answer)")
        }
    }

    @Test("serves who waits once another lets go")
    func connections() async throws {
        try await serving {
            $0.connections = 1
        } perform: { address in
            let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
            let first = try await connect(to: address)
            try await first.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: request))
                // Answered, so it is the one that is open.
                for try await _ in inbound { break }
            }
            let closing = request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
            let answer = try await exchange(closing, with: address)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }
}
