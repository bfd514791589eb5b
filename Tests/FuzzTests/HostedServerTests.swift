import NIOCore
import NIOPosix
import Testing

/// What watches over the metrics server notices what it is there to notice.
@Suite("Hostile requests")
struct HostedServerTests {
    private static var target: FuzzTarget { get throws { try #require(FuzzTarget.all.first { $0.name == "http-server" }) } }

    @Test("a server that shows the metrics to everybody is noticed")
    func everybody() async throws {
        let (target, input) = (try Self.target, FuzzInput("requests.http", sampleRequests[0].utf8))
        try await HostedServer.during(token: nil) {
            await #expect(throws: Violation.self) { try await target.run(input) }
        }
    }

    @Test("a server that never answers is noticed")
    func silence() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let silent = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let server = HostedServer(address: try #require(silent.localAddress), loop: group.any(), patience: .milliseconds(20))
        let error = await #expect(throws: Violation.self) { try await server.check() }
        #expect(error?.description.hasPrefix("hangs: ") == true)
        try await silent.close()
        try await group.shutdownGracefully()
    }

    @Test("a server that is gone is noticed")
    func absence() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let closed = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let server = HostedServer(address: try #require(closed.localAddress), loop: group.any())
        try await closed.close()
        await #expect(throws: Violation.self) { try await server.check() }
        try await group.shutdownGracefully()
    }

    @Test(
        "an answer that is none of the server's is noticed",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 401 No\r\n\r\n",
            "HTTP/1.1 401 No\r\nContent-Length: 9\r\n\r\nshort", "HTTP/1.1 401 No\r\nContent", "nonsense\r\n\r\n",
            "HTTP/1.1 404 No\r\nContent-Length: \(HostedServer.text.utf8.count)\r\n\r\n\(HostedServer.text)",
        ])
    func answers(text: String) throws {
        #expect(throws: Violation.self) { try HTTPAnswers(HTTPExchange.Answer(bytes: Array(text.utf8), isWhole: true)) }
    }

    @Test("answers are told apart, and the last may be cut with the connection")
    func sequences() throws {
        let answer = "HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno"
        let shown = "HTTP/1.1 200 OK\r\nA: b\r\ncontent-length: \(HostedServer.text.utf8.count)\r\n\r\n\(HostedServer.text)"
        let bytes = Array((answer + shown + answer.dropLast()).utf8)
        #expect(try HTTPAnswers(HTTPExchange.Answer(bytes: bytes, isWhole: false)).statuses == [401, 200])
    }
}
