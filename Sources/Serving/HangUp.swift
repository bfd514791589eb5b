import NIOCore

/// Closes a connection whose other side sends nothing more: for a server whose answers take long, it has left.
///
/// One that only says that it will send nothing more, and would still read, cannot be told apart from one that is gone.
final class HangUp: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
    }
}

/// Closes a connection whose other side takes nothing of an answer for some time.
final class StalledReader: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let time: TimeAmount
    private var closing: Scheduled<Void>?

    /// - Parameter time: How long the other side may take to make room.
    init(time: TimeAmount) { self.time = time }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        closing?.cancel()
        let channel = context.channel
        closing = channel.isWritable ? nil : channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        closing?.cancel()
        context.fireChannelInactive()
    }
}
