import Autodidact
import Foundation
import Logging
import NIOCore
import Serving
import Synchronization
import TestSupport
import Testing

/// Over real sockets, on free ports of loopback.
@Suite("The API server")
struct APIServerTests {
    /// Serves an engine while some work is done; returns whether all that had come was answered.
    @discardableResult
    private func serving(
        _ engine: ScriptedEngine, token: String? = nil, drain: Duration = .seconds(60),
        _ work: @escaping @Sendable (ListenAddress, _ stop: @escaping @Sendable () -> Void) async throws -> Void
    ) async throws -> Bool {
        let server = try APIServer(
            engine, as: ServedModelName("m", fingerprint: nil, created: 0), at: ListenAddress(host: "127.0.0.1", port: 0),
            token: try token.map { try Secret($0, from: .environment("X")) },
            limits: APIServer.Limits(connections: 64, bodyBytes: 100_000, drain: drain), clock: ManualClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let (addresses, address) = AsyncStream.makeStream(of: ListenAddress.self)
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                defer { address.finish() }
                return try await server.serve(until: stops) { address.yield($0) }
            }
            group.addTask {
                defer { stop.finish() }
                guard let taken = await addresses.first(where: { _ in true }) else { return nil }
                try await work(taken) { stop.yield() }
                return nil
            }
            var isDrained = false
            while let ending = try await group.next() { isDrained = ending ?? isDrained }
            return isDrained
        }
    }

    private static func post(_ members: String, path: String = "/v1/completions", fields: String = "Connection: close\r\n") -> String {
        let body = "{\"model\": \"m\", \"prompt\": \"hey\", \"temperature\": 0, \(members)}"
        let content = "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        return "POST \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\(content)\r\n\(body)"
    }

    @Test("answers whole and in pieces, one after another on a connection, and not after it has ended")
    func course() async throws {
        let port = Mutex(0)
        let isDrained = try await serving(ScriptedEngine()) { address, _ in
            port.withLock { $0 = address.port }
            let whole = try await exchange(Self.post("\"max_tokens\": 3"), with: address)
            #expect(whole.hasPrefix("HTTP/1.1 200 OK\r\n") && whole.contains("\"text\":\"abc\""), "\(whole)")
            let pieces = try await exchange(Self.post("\"max_tokens\": 3, \"stream\": true"), with: address)
            #expect(pieces.lowercased().contains("transfer-encoding: chunked") && pieces.contains("data: [DONE]\n\n"), "\(pieces)")
            let both = Self.post("\"max_tokens\": 1, \"stream\": true", fields: "") + Self.post("\"max_tokens\": 2")
            let answers = try await exchange(both, with: address)
            #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count == 3 && answers.contains("\"text\":\"ab\""), "\(answers)")
            let chunked =
                "POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1e\r\n{\"model\": \"m\", \"prompt\": \"hey\"\r\n1\r\n}\r\n0\r\n\r\n"
            let answer = try await exchange(chunked, with: address)
            #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
        }
        #expect(isDrained)
        let address = ListenAddress(host: "127.0.0.1", port: port.withLock { $0 })
        await #expect(throws: (any Error).self) { try await exchange(Self.post("\"n\": 1"), with: address) }
    }

    @Test("what had come before the end is answered, whole or in pieces, and nobody else is let in")
    func drained() async throws {
        let engine = ScriptedEngine(.held)
        let isDrained = try await serving(engine) { address, stop in
            async let whole = exchange(Self.post("\"max_tokens\": 3"), with: address)
            async let pieces = exchange(Self.post("\"max_tokens\": 3, \"stream\": true"), with: address)
            while engine.submitted < 2 { await Task.yield() }
            stop()
            // Until nobody is let in any more.
            while let connection = try? await connect(to: address) {
                try? await connection.channel.close()
                await Task.yield()
            }
            engine.release()
            let answers = try await (whole, pieces)
            #expect(answers.0.contains("\"text\":\"abc\""), "\(answers.0)")
            #expect(answers.1.contains("data: [DONE]"), "\(answers.1)")
        }
        #expect(isDrained)
    }

    @Test("an end is not held up by a request that takes too long, and that is told")
    func impatient() async throws {
        let engine = ScriptedEngine(.held)
        let isDrained = try await serving(engine, drain: .milliseconds(50)) { address, stop in
            async let cut = exchange(Self.post("\"max_tokens\": 3"), with: address)
            while engine.submitted < 1 { await Task.yield() }
            stop()
            // Whether it is told why or only let go is up to the sockets.
            let answer = (try? await cut) ?? ""
            #expect(!answer.contains("\"text\""), "\(answer)")
        }
        #expect(!isDrained)
    }

    @Test("who hangs up gives the request up, whole or in pieces", arguments: ["", ", \"stream\": true"])
    func departures(members: String) async throws {
        let engine = ScriptedEngine(.held)
        try await serving(engine) { address, _ in
            let connection = try await connect(to: address)
            try await connection.channel.writeAndFlush(ByteBuffer(string: Self.post("\"max_tokens\": 3\(members)", fields: "")))
            while engine.submitted < 1 { await Task.yield() }
            try await connection.channel.close()
            await engine.cancellation()
        }
    }

    @Test("the second request of a connection is given up with it too")
    func laterDeparture() async throws {
        let engine = ScriptedEngine()
        try await serving(engine) { address, _ in
            let connection = try await connect(to: address)
            try await connection.executeThenClose { inbound, outbound in
                var pieces = inbound.makeAsyncIterator()
                try await outbound.write(ByteBuffer(string: Self.post("\"max_tokens\": 1", fields: "")))
                _ = try await answer(from: &pieces, endingIn: "}}")
                engine.hold()
                try await outbound.write(ByteBuffer(string: Self.post("\"max_tokens\": 3", fields: "")))
                while engine.submitted < 2 { await Task.yield() }
            }
            await engine.cancellation()
        }
    }

    @Test("asks for the token before it reads a body, and holds no such connection")
    func unauthorized() async throws {
        try await serving(ScriptedEngine(), token: "planted-token") { address, _ in
            let request = "POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n{"
            let refused = try await exchange(request, with: address)
            #expect(refused.hasPrefix("HTTP/1.1 401 ") && !refused.contains("planted"), "\(refused)")
            let fields = "Authorization: Bearer planted-token\r\nConnection: close\r\n"
            let answer = try await exchange(Self.post("\"max_tokens\": 1", fields: fields), with: address)
            #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
        }
    }

    @Test("a port that is taken is told, and beyond loopback a token is required")
    func addresses() async throws {
        try await serving(ScriptedEngine()) { address, _ in
            let error = await #expect(throws: ListeningError.self) { try await self.serve(at: address) }
            #expect(error?.description.contains("another port") == true)
        }
        let open = ListenAddress(host: "0.0.0.0", port: 0)
        let error = await #expect(throws: ListeningError.self) { try await serve(at: open) }
        #expect(error == .noToken(open))
    }

    private func serve(at address: ListenAddress) async throws {
        let server = try APIServer(
            ScriptedEngine(), as: ServedModelName("m", fingerprint: nil, created: 0), at: address, token: nil,
            limits: APIServer.Limits(connections: 1, bodyBytes: 1, drain: .zero), clock: ManualClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        _ = try await server.serve(until: AsyncStream { $0.finish() }) { _ in }
    }
}
