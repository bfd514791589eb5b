public import Autodidact
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Serves metrics over HTTP while some work is done.
public struct MetricsServer: Sendable {
    /// How long connections that are open at the end of the work may take.
    private static let patience = Duration.seconds(1)

    private let address: ListenAddress
    private let token: Secret?
    private let logger: Logger
    private let text: @Sendable () -> String
    /// Other than these in tests alone.
    var limits = ServerLimits()

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - token: What readers must present as bearer token; nil where everybody may read, which only loopback allows.
    ///   - logger: Told what happens to the server, as far as it is worth a notice; never what requests hold.
    ///   - text: The metrics now.
    /// - Throws: `MetricsServerError.noToken` for an address that other machines reach, without a token.
    public init(
        at address: ListenAddress, token: Secret?, logger: Logger, text: @escaping @Sendable () -> String
    ) throws(MetricsServerError) {
        guard token != nil || address.isLoopback else { throw .noToken(address) }
        var logger = logger
        // Below that, the frameworks tell of their own insides.
        logger.logLevel = max(logger.logLevel, .notice)
        (self.address, self.token, self.logger, self.text) = (address, token, logger, text)
    }

    /// Does some work while the metrics can be read; the server has ended when this returns or throws, however that comes about.
    ///
    /// - Parameters:
    ///   - failed: Told where the server ends before the work does; the work goes on.
    ///   - work: Given the address with the port that was taken; begins once the server listens.
    /// - Throws: `MetricsServerError.cannotListen` before any work; else what the work throws.
    public func serving<Result: Sendable>(
        failed: @escaping @Sendable (String) -> Void, perform work: @escaping @Sendable (ListenAddress) async throws -> Result
    ) async throws -> Result {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [application { port.yield($0) }], logger: logger))
        return try await withThrowingTaskGroup(of: Ending<Result>.self) { group in
            group.addTask {
                defer { port.finish() }
                do {
                    try await services.run()
                    return .server("it has ended")
                } catch {
                    return .server(reason(of: error))
                }
            }
            guard let bound = await ports.first(where: { _ in true }) else {
                guard case .server(let reason) = try await group.next(), !Task.isCancelled else { throw CancellationError() }
                throw MetricsServerError.cannotListen(address, reason: reason)
            }
            let taken = ListenAddress(host: address.host, port: bound)
            group.addTask {
                do { return .work(.success(try await work(taken))) } catch { return .work(.failure(error)) }
            }
            while let ending = try await group.next() {
                switch ending {
                case .work(let result):
                    // First nobody is let in any more, because a connection that is accepted while a server is cancelled ends the
                    // program; then whoever is connected has to let go, so that nobody's request holds up the end of the work.
                    await services.triggerGracefulShutdown()
                    group.addTask {
                        // Ends early where it is cancelled.
                        try? await Task.sleep(for: Self.patience)
                        return .patience
                    }
                    _ = try await group.next()
                    group.cancelAll()
                    return try result.get()
                case .server(let reason):
                    if !Task.isCancelled { failed(reason) }
                case .patience: break
                }
            }
            throw CancellationError()
        }
    }

    /// Answers requests as the server does.
    var responder: MetricsResponder<BasicRequestContext> { MetricsResponder(token: token, limits: limits, text: text) }

    /// The application; `listening` is told the port.
    func application(listening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let connections = MaximumAvailableConnections(limits.connections)
        return Application(
            responder: responder, server: .http1(configuration: limits.channel),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), availableConnectionsDelegate: connections),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) }, logger: logger)
    }
}

/// What has ended.
private enum Ending<Result: Sendable>: Sendable {
    case work(Swift.Result<Result, any Error>)
    case server(String)
    case patience
}
