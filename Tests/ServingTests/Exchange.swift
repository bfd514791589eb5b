import NIOCore
import NIOPosix
import Serving

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

/// Sends some bytes and waits until the server has ended the connection, in whatever way.
func sendUntilEnd(_ text: String, to address: ListenAddress) async throws {
    let connection = try await connect(to: address)
    // To be cut off is an error of a reader and of a writer, and what is waited for.
    try? await connection.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: text))
        for try await _ in inbound {}
    }
}

func connect(to address: ListenAddress) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
    }
}
