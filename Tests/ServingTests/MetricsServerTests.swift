import Autodidact
import Logging
import NIOCore
import Serving
import Synchronization
import Testing

/// Over real sockets, on free ports of loopback.
@Suite("The metrics server")
struct MetricsServerTests {
    private static let get = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    @Test("answers while the work is done, with the metrics of that moment, and not after it")
    func course() async throws {
        let moment = Mutex(0)
        let server = try TestServer.make { "metric \(moment.withLock { $0 })\n" }
        let address = try await server.serving {
            Issue.record("\($0)")
        } perform: { address in
            #expect(address.host == "127.0.0.1" && address.port > 0)
            for number in 1...3 {
                moment.withLock { $0 = number }
                let answer = try await exchange(Self.get, with: address)
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\nmetric \(number)\n"), "\(answer)")
            }
            return address
        }
        await #expect(throws: (any Error).self) { try await exchange(Self.get, with: address) }
    }

    @Test("logs what is worth a notice, whatever level it is given, and not the insides of its frameworks")
    func quiet() async throws {
        let recorder = LevelRecorder()
        let logger = recorder.logger
        try await TestServer.make(logger: logger).serving {
            Issue.record("\($0)")
        } perform: { address in
            let answer = try await exchange(Self.get, with: address)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
        }
        #expect(recorder.levels.allSatisfy { $0 >= .notice }, "\(recorder.levels)")
        logger.trace("the logger that was given keeps its level")
        #expect(recorder.levels.last == .trace)
    }

    @Test("asks for the token, and refuses other places, methods and bodies")
    func refusals() async throws {
        let secret = try Secret("planted-token", from: .environment("X"))
        try await TestServer.make(token: secret).serving {
            Issue.record("\($0)")
        } perform: { address in
            let cases = [
                (Self.get, "401"), (Self.get.replacing("Connection", with: "Authorization: Bearer planted-token\r\nConnection"), "200"),
                (
                    "POST /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer planted-token\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\n\r\n",
                    "405"
                ),
                ("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer planted-token\r\nConnection: close\r\n\r\n", "404"),
                ("GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer planted-token\r\nContent-Length: 99999\r\n\r\n", "413"),
                ("nonsense\r\n\r\n", "400"),
            ]
            for (request, status) in cases {
                let answer = try await exchange(request, with: address)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(request)\(answer)")
                #expect(!answer.contains("planted"))
            }
        }
    }

    @Test("refuses a port that is taken, before any work")
    func taken() async throws {
        try await TestServer.make().serving {
            Issue.record("\($0)")
        } perform: { address in
            let error = await #expect(throws: ListeningError.self) {
                try await TestServer.make(at: address).serving { _ in
                } perform: { _ in
                    Issue.record("the work was begun")
                }
            }
            #expect(error?.description.contains("\(address)") == true && error?.description.contains("another port") == true)
        }
    }

    @Test("ends with work that fails, and throws what the work throws")
    func failure() async throws {
        struct Failed: Error {}
        let port = Mutex(0)
        await #expect(throws: Failed.self) {
            try await TestServer.make().serving {
                Issue.record("\($0)")
            } perform: { address in
                port.withLock { $0 = address.port }
                throw Failed()
            }
        }
        let address = ListenAddress(host: "127.0.0.1", port: port.withLock { $0 })
        await #expect(throws: (any Error).self) { try await exchange(Self.get, with: address) }
    }

    @Test("ends with work that is cancelled")
    func cancelled() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await TestServer.make().serving { _ in
            } perform: { _ in
                beginning.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        _ = await began.first { _ in true }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("does not wait for connections that ask for nothing, or read nothing")
    func stubborn() async throws {
        let (silent, flooding) = try await TestServer.make { String(repeating: "metric 1\n", count: 5000) }.serving {
            Issue.record("\($0)")
        } perform: { address in
            let silent = try await connect(to: address)
            let flooding = try await connect(to: address)
            let requests = String(repeating: "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", count: 500)
            try await flooding.channel.writeAndFlush(ByteBuffer(string: requests))
            return (silent, flooding)
        }
        // That this is reached is the point; the connections were open all the time.
        try? await silent.channel.close()
        try? await flooding.channel.close()
    }
}
