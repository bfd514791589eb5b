import NIOCore
import NIOPosix
import Serving
import Synchronization

/// All that a server answers to some bytes before it closes.
func exchange(_ request: String, with address: ListenAddress) async throws -> String {
    let connection = try await connect(to: address)
    return try await connection.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var answer = ""
        for try await piece in inbound { answer += String(buffer: piece) }
        return answer
    }
}

/// Has a request answered, then sends some bytes and waits until the server has ended the connection, in whatever way.
///
/// - Returns: Whether the request was answered: else the server ended the connection before.
func sendUntilEnd(_ text: String, to address: ListenAddress) async throws -> Bool {
    let connection = try await connect(to: address)
    let isAnswered = Mutex(false)
    // To be cut off is an error of a reader and of a writer, and what is waited for.
    try? await connection.executeThenClose { inbound, outbound in
        var pieces = inbound.makeAsyncIterator()
        try await outbound.write(ByteBuffer(string: "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
        guard try await answer(from: &pieces, endingIn: "metric 1\n").hasPrefix("HTTP/1.1 200 ") else { return }
        isAnswered.withLock { $0 = true }
        try await outbound.write(ByteBuffer(string: text))
        while try await pieces.next() != nil {}
    }
    return isAnswered.withLock { $0 }
}

/// What a server answers, as far as some words, or to its end where they do not come.
func answer(
    from pieces: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, endingIn end: String
) async throws -> String {
    var answer = ""
    while !answer.hasSuffix(end), let piece = try await pieces.next() { answer += String(buffer: piece) }
    return answer
}

func connect(to address: ListenAddress) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
    }
}
