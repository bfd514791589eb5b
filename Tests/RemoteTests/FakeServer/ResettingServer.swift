import NIOCore
import NIOPosix
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A server on a free port of loopback that resets its first connections once a request is there, and then answers all with one body.
struct ResettingServer {
    let resets: Int
    let body: String

    /// Does some work while the server is up; it has ended when this returns or throws.
    func serving<Result: Sendable>(_ work: @escaping @Sendable (String) async throws -> Result) async throws -> Result {
        let state = ResettingState(resets)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [body] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ResettingHandler(state: state, body: body))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await work("http://127.0.0.1:\(server.localAddress?.port ?? 0)/v1")) } catch { result = .failure(error) }
        try await server.close()
        return try result.get()
    }
}

/// How many connections are still to be reset.
private final class ResettingState: Sendable {
    private let rest: Mutex<Int>

    init(_ count: Int) { rest = Mutex(count) }

    /// Whether the next one is.
    func next() -> Bool {
        rest.withLock { rest in
            rest -= 1
            return rest >= 0
        }
    }
}

private final class ResettingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let state: ResettingState
    private let body: String
    private var received = ""

    init(state: ResettingState, body: String) { (self.state, self.body) = (state, body) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        // A request ends with its JSON.
        guard received.hasSuffix("}") else { return }
        if state.next() {
            // Closing without waiting sends a reset.
            let linger = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger)
            context.close(promise: nil)
            return
        }
        let head = ["HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: \(body.utf8.count)", "Connection: close"]
        let text = (head + ["", body]).joined(separator: "\r\n")
        let channel = context.channel
        context.writeAndFlush(NIOAny(ByteBuffer(string: text))).whenComplete { _ in channel.close(promise: nil) }
    }
}
