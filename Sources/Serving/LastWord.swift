import NIOCore

/// Closes a connection soon after the server has said all that it will say over it.
///
/// After a request that cannot be read only the server's direction is closed, and nobody takes what still arrives. So the end of the other
/// side, behind it, is not seen, and the connection would stand until it has been idle for long. The other side gets some time to read the
/// answer, which a close with bytes unread may take from it.
final class LastWord: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let time: TimeAmount

    /// - Parameter time: From the server's last word to the close.
    init(time: TimeAmount) { self.time = time }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .outputClosed? = event as? ChannelEvent {
            let channel = context.channel
            channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
