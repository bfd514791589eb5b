import NIOCore

/// Ends a connection that sends more than so many bytes of which nothing becomes part of a request.
///
/// The reader of the protocol keeps what it has no use for: behind a request to change the protocol that is all that follows, and nothing
/// else bounds it. This counts in front of the reader and begins anew behind it, on the connection's own thread: whoever answers requests
/// may be late.
final class UselessBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let counter: Counter

    init(most: Int) { counter = Counter(most: most) }

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            try context.pipeline.syncOperations.addHandler(counter, position: .first)
        } catch {
            // Without it the connection would be unbounded.
            context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        counter.count = 0
        context.fireChannelRead(data)
    }

    /// The part in front of the reader.
    private final class Counter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer

        private let most: Int
        /// Bytes since the last part of a request.
        var count = 0

        init(most: Int) { self.most = most }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            count += unwrapInboundIn(data).readableBytes
            guard count <= most else { return context.close(promise: nil) }
            context.fireChannelRead(data)
        }
    }
}
