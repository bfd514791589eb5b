public import Autodidact
public import Logging
import NIOCore

/// Serves a model over HTTP in the form of OpenAI's interface.
public struct APIServer<Engine: GenerationEngine>: Sendable {
    /// What the server bears of those who ask it.
    public struct Limits: Sendable, Hashable {
        /// Connections that are open at once; more wait.
        public var connections: Int
        /// The most bytes of a request.
        public var bodyBytes: Int
        /// How long requests that are open when the server is to end may take.
        public var drain: Duration

        /// Limits as they are given.
        public init(connections: Int, bodyBytes: Int, drain: Duration) {
            (self.connections, self.bodyBytes, self.drain) = (connections, bodyBytes, drain)
        }
    }

    private let engine: Engine
    private let address: ListenAddress
    private let drain: Duration
    private let logger: Logger
    /// Answers requests as the server does.
    let responder: APIResponder<Engine>

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - token: What clients must present as bearer token; nil where everybody may ask, which only loopback allows.
    ///   - logger: Told what happens to the server, as far as it is worth a notice; never what requests hold.
    /// - Throws: `ListeningError.noToken` for an address that other machines reach, without a token.
    public init(
        _ engine: Engine, as model: ServedModelName, at address: ListenAddress, token: Secret?, limits: Limits, clock: any WorldClock,
        logger: Logger
    ) throws(ListeningError) {
        guard token != nil || address.isLoopback else { throw .noToken(address) }
        (self.engine, self.address, self.logger, drain) = (engine, address, logger, limits.drain)
        var server = ServerLimits()
        (server.connections, server.bodyBytes, server.answersTakeLong) = (limits.connections, limits.bodyBytes, true)
        // Connections are kept for the next question; OpenAI's client lets go of them by itself.
        server.idleTime = .seconds(60)
        responder = APIResponder(engine, model: model, bearer: Bearer(token: token), limits: server, clock: clock)
    }

    /// Answers requests until `stop` says something or ends, then those that have come, and no more.
    ///
    /// - Parameter listening: Told the address with the port that was taken.
    /// - Returns: Whether all that had come was answered in the time for it.
    /// - Throws: `ListeningError.cannotListen`; `ServerEnded` where the server ends by itself; `CancellationError`.
    public func serve(
        until stop: AsyncStream<Void>, listening: @escaping @Sendable (ListenAddress) async -> Void
    ) async throws -> Bool {
        let host = HostedApplication(at: address, limits: responder.limits, patience: drain, logger: logger, responder: responder)
        let (endings, ending) = AsyncStream.makeStream(of: String?.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [engine] in await engine.run() }
            group.addTask {
                for await _ in stop { break }
                ending.yield(nil)
            }
            defer { group.cancelAll() }
            do {
                let (failure, isDrained) = try await host.serving {
                    ending.yield($0)
                } perform: { address in
                    await listening(address)
                    return await endings.first { _ in true } ?? nil
                }
                if let failure { throw ServerEnded(reason: failure) }
                try Task.checkCancellation()
                return isDrained
            } catch let error as CannotListen {
                throw ListeningError.cannotListen(address, reason: error.reason)
            }
        }
    }
}

/// A server has ended by itself.
public struct ServerEnded: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is known of it.
    public let reason: String

    /// One sentence for people.
    public var description: String { "the server has ended (\(reason))" }
}
