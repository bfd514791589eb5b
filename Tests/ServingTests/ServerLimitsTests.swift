import Autodidact
import NIOCore
import Synchronization
import Testing

@testable import Serving

/// Over real sockets, each limit alone: the others are out of reach.
@Suite("Limits of the metrics server")
struct ServerLimitsTests {
    /// Does some work with a server whose limits are none but those that `change` sets.
    private func serving(
        token: String? = nil, text: @escaping @Sendable () -> String = { "metric 1\n" }, _ change: (inout ServerLimits) -> Void,
        perform work: @escaping @Sendable (ListenAddress) async throws -> Void
    ) async throws {
        var server = try TestServer.make(token: token.map { try Secret($0, from: .environment("X")) }, text: text)
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
            $0.idleTime = .milliseconds(100)
        } perform: { address in
            var isAnswered = false
            // On a busy machine a connection may be idle for so long before its first request.
            for _ in 0..<100 where !isAnswered { isAnswered = try await sendUntilEnd(start, to: address) }
            #expect(isAnswered)
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

    @Test("lets go of a connection that it has refused, though more was sent than read")
    func refused() async throws {
        try await serving {
            ($0.connections, $0.lingering) = (1, .milliseconds(10))
        } perform: { address in
            let broken = "GET /metrics HTTP/1.1\r\nHost: x\r\nA\r\n" + String(repeating: "a", count: 400_000)
            for _ in 0..<3 { _ = try await sendUntilEnd(broken, to: address) }
            let answer = try await exchange("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", with: address)
            #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
        }
    }

    @Test("ends a connection that sends what is no part of a request")
    func uselessBytes() async throws {
        try await serving {
            $0.uselessBytes = 100_000
        } perform: { address in
            let isAnswered = try await sendUntilEnd(String(repeating: "\r\n", count: 200_000), to: address)
            #expect(isAnswered)
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

    @Test("serves who waits once another lets go, and not before")
    func connections() async throws {
        let moment = Mutex("held")
        try await serving(text: { "metric \(moment.withLock { $0 })\n" }) {
            $0.connections = 1
        } perform: { address in
            let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
            let closing = request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
            let first = try await connect(to: address)
            let second = try await first.executeThenClose { inbound, outbound in
                var pieces = inbound.makeAsyncIterator()
                try await outbound.write(ByteBuffer(string: request))
                // Answered, so it is the one that is open.
                let held = try await answer(from: &pieces, endingIn: "metric held\n")
                #expect(held.hasPrefix("HTTP/1.1 200 "))
                let second = try await connect(to: address)
                try await second.channel.writeAndFlush(ByteBuffer(string: closing))
                // Turns enough for a server that held two to answer the other too.
                for _ in 0..<20 {
                    try await outbound.write(ByteBuffer(string: request))
                    _ = try await answer(from: &pieces, endingIn: "metric held\n")
                }
                moment.withLock { $0 = "free" }
                return second
            }
            let said = try await second.executeThenClose { inbound, _ in
                var pieces = inbound.makeAsyncIterator()
                return try await answer(from: &pieces, endingIn: "metric free\n")
            }
            #expect(said.hasPrefix("HTTP/1.1 200 ") && said.hasSuffix("metric free\n"), "\(said)")
        }
    }
}
