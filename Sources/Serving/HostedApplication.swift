import Autodidact
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// An HTTP server that is up while some work is done.
struct HostedApplication<Responder: HTTPResponder>: Sendable
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let address: ListenAddress
    let limits: ServerLimits
    /// How long connections that are open at the end of the work may take.
    let patience: Duration
    let responder: Responder
    let logger: Logger

    init(at address: ListenAddress, limits: ServerLimits, patience: Duration, logger: Logger, responder: Responder) {
        var logger = logger
        // Below that, the frameworks tell of their own insides.
        logger.logLevel = max(logger.logLevel, .notice)
        (self.address, self.limits, self.patience, self.logger, self.responder) = (address, limits, patience, logger, responder)
    }

    /// Does some work while requests are answered; the server has ended when this returns or throws, however that comes about.
    ///
    /// - Parameters:
    ///   - failed: Told where the server ends before the work does; the work goes on.
    ///   - work: Given the address with the port that was taken; begins once the server listens.
    /// - Returns: What the work returns, and whether all connections ended by themselves after it.
    /// - Throws: `CannotListen` before any work; else what the work throws.
    func serving<Result: Sendable>(
        failed: @escaping @Sendable (String) -> Void, perform work: @escaping @Sendable (ListenAddress) async throws -> Result
    ) async throws -> (result: Result, isDrained: Bool) {
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
                throw CannotListen(reason: reason)
            }
            let taken = ListenAddress(host: address.host, port: bound)
            group.addTask {
                do { return .work(.success(try await work(taken))) } catch { return .work(.failure(error)) }
            }
            var hasServerEnded = false
            while let ending = try await group.next() {
                switch ending {
                case .work(let result):
                    // First nobody is let in any more, because a connection that is accepted while a server is cancelled ends the
                    // program; then whoever is connected has to let go, so that nobody's request holds up the end of the work.
                    await services.triggerGracefulShutdown()
                    group.addTask { [patience] in
                        // Ends early where it is cancelled.
                        try? await Task.sleep(for: patience)
                        return .patience
                    }
                    if !hasServerEnded, case .server = try await group.next() { hasServerEnded = true }
                    group.cancelAll()
                    return (try result.get(), hasServerEnded)
                case .server(let reason):
                    hasServerEnded = true
                    if !Task.isCancelled { failed(reason) }
                case .patience: break
                }
            }
            throw CancellationError()
        }
    }

    /// The application; `listening` is told the port.
    private func application(listening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let connections = MaximumAvailableConnections(limits.connections)
        return Application(
            responder: responder, server: .http1(configuration: limits.channel),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), backlog: max(256, limits.connections),
                availableConnectionsDelegate: connections),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) }, logger: logger)
    }
}

/// An address cannot be listened at.
struct CannotListen: Error {
    let reason: String
}

/// What has ended.
private enum Ending<Result: Sendable>: Sendable {
    case work(Swift.Result<Result, any Error>)
    case server(String)
    case patience
}
