import HummingbirdCore
import NIOCore

/// What a server bears of those who ask it: beyond this a connection is refused, ended, or waits.
struct ServerLimits: Sendable {
    /// Connections that are open at once; more wait.
    var connections = 64
    /// How long a connection may go without a request, or a request without its next part.
    var idleTime = TimeAmount.seconds(30)
    /// The most bytes of what is asked for and the headers together; a token has at most 4096.
    var headBytes = 16 << 10
    /// The most headers of a request.
    var headers = 100
    /// The most bytes of a body; one to a metrics server is passed over.
    var bodyBytes = 4096
    /// The most bytes that a connection may send of which nothing becomes part of a request.
    var uselessBytes = 1 << 20
    /// How long the other side may take to read the last answer of a connection.
    var lingering = TimeAmount.seconds(1)
    /// Whether answers take so long that it matters that nobody waits for them any more, or takes them.
    var answersTakeLong = false

    /// The same for the protocol's own reader.
    var channel: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: handlers, idleTimeout: idleTime,
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: headBytes, maxHeaderListSize: headBytes, maxHeaderFieldCount: headers))
    }

    private var handlers: [any RemovableChannelHandler] {
        let always: [any RemovableChannelHandler] = [UselessBytes(most: uselessBytes), LastWord(time: lingering)]
        return always + (answersTakeLong ? [HangUp(), StalledReader(time: idleTime)] : [])
    }
}
