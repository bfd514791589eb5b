import NIOCore

/// One connection: what was sent over it is answered by what comes back until it ends.
struct HTTPExchange: Sendable {
    /// All that came back.
    struct Answer: Sendable {
        let bytes: [UInt8]
        /// Whether the server said that no more would come; else the connection was cut.
        let isWhole: Bool
    }

    let channel: EventLoopFuture<any Channel>
    let answer: EventLoopFuture<Answer>

    /// The codes of all answers, in order.
    ///
    /// - Throws: `Violation` where the connection hangs, or an answer is none.
    var statuses: [Int] {
        get async throws { try HTTPAnswers(await answer.get()).statuses }
    }

    /// Says that no more will be sent.
    func finish() { channel.whenSuccess { $0.close(mode: .output, promise: nil) } }

    /// Ends the connection, if it is not over.
    func end() { channel.whenSuccess { $0.close(promise: nil) } }
}

/// Gathers what comes over a connection until it ends.
final class AnswerReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let promise: EventLoopPromise<HTTPExchange.Answer>
    private var bytes: [UInt8] = []

    init(_ promise: EventLoopPromise<HTTPExchange.Answer>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { bytes += unwrapInboundIn(data).readableBytesView }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .inputClosed? = event as? ChannelEvent else { return context.fireUserInboundEventTriggered(event) }
        promise.succeed(HTTPExchange.Answer(bytes: bytes, isWhole: true))
        context.close(promise: nil)
    }

    /// After a reset; too late to matter where the server has said before that no more would come.
    func channelInactive(context: ChannelHandlerContext) {
        promise.succeed(HTTPExchange.Answer(bytes: bytes, isWhole: false))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
