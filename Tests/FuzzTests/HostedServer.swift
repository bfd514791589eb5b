import Autodidact
import Logging
import NIOCore
import NIOPosix

@testable import Serving

/// A metrics server on a free port of loopback, while inputs are tried.
///
/// Those who ask it have a thread of their own, so that a server that holds up its own cannot hold up the watch over it.
struct HostedServer: Sendable {
    /// The one that is up in this task.
    @TaskLocal static var current: HostedServer?

    static let token = Array("fuzz.token-17".utf8)
    /// What whoever has the token is shown.
    static let text = "# TYPE fuzz_metric gauge\nfuzz_metric 1\n"

    let address: SocketAddress
    let loop: any EventLoop
    /// Only what hangs takes as long as this; below the patience of `Scripts/fuzz`, so that what hangs is said here.
    var patience = TimeAmount.seconds(45)

    /// Does some work while a server is up; it has ended when this returns or throws.
    ///
    /// - Parameter token: Who may read; nil for everybody, which the target must notice.
    static func during(token: [UInt8]? = token, _ work: @escaping @Sendable () async throws -> Void) async throws {
        let secret = try token.map { try Secret(String(decoding: $0, as: UTF8.self), from: .environment("FUZZ")) }
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        var server = try MetricsServer(at: ListenAddress(host: "127.0.0.1", port: 0), token: secret, logger: logger) { text }
        // A connection that the server forgets must not be ended by the clock.
        server.limits.idleTime = .hours(24)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let outcome: Result<Void, any Error>
        do {
            try await server.serving {
                print("fuzz server: ended (\($0))")
            } perform: { address in
                let address = try SocketAddress(ipAddress: address.host, port: address.port)
                try await $current.withValue(HostedServer(address: address, loop: group.any())) { try await work() }
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await group.shutdownGracefully()
        try outcome.get()
    }

    /// Sends some bytes over a connection of their own; `finishes` says at once that no more will come.
    func send(_ bytes: [UInt8], finishes: Bool = true) -> HTTPExchange {
        let answer = loop.makePromise(of: HTTPExchange.Answer.self)
        let channel = ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(AnswerReader(answer)) }
            }
            .connect(to: address)
        channel.whenSuccess { $0.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
        channel.whenFailure { answer.fail(Violation("the server takes no connection: \($0)")) }
        let watch = loop.scheduleTask(in: patience) {
            answer.fail(Violation("hangs: a connection was not ended within \(patience.nanoseconds / 1_000_000) ms"))
        }
        answer.futureResult.whenComplete { _ in watch.cancel() }
        let exchange = HTTPExchange(channel: channel, answer: answer.futureResult)
        if finishes { exchange.finish() }
        return exchange
    }

    /// Passes where the server still does what it is there for: it shows the metrics to who has the token, and to nobody else.
    func check() async throws {
        let (allowed, other) = (send(Self.request(token: Self.token), finishes: false), send(Self.request(token: nil), finishes: false))
        defer { for exchange in [allowed, other] { exchange.end() } }
        let statuses = (try await allowed.statuses, try await other.statuses)
        try require(statuses == ([200], [401]), "a sound request is answered \(statuses.0) with the token and \(statuses.1) without")
    }

    private static func request(token: [UInt8]?) -> [UInt8] {
        let authorization = token.map { Array("Authorization: Bearer ".utf8) + $0 + [0x0D, 0x0A] } ?? []
        return Array("GET /metrics HTTP/1.1\r\nHost: localhost\r\n".utf8) + authorization + Array("Connection: close\r\n\r\n".utf8)
    }
}
