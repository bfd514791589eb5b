public import Autodidact
import Hummingbird
public import Logging

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
    /// - Throws: `ListeningError.noToken` for an address that other machines reach, without a token.
    public init(
        at address: ListenAddress, token: Secret?, logger: Logger, text: @escaping @Sendable () -> String
    ) throws(ListeningError) {
        guard token != nil || address.isLoopback else { throw .noToken(address) }
        (self.address, self.token, self.logger, self.text) = (address, token, logger, text)
    }

    /// Does some work while the metrics can be read; the server has ended when this returns or throws, however that comes about.
    ///
    /// - Parameters:
    ///   - failed: Told where the server ends before the work does; the work goes on.
    ///   - work: Given the address with the port that was taken; begins once the server listens.
    /// - Throws: `ListeningError.cannotListen` before any work; else what the work throws.
    public func serving<Result: Sendable>(
        failed: @escaping @Sendable (String) -> Void, perform work: @escaping @Sendable (ListenAddress) async throws -> Result
    ) async throws -> Result {
        let host = HostedApplication(at: address, limits: limits, patience: Self.patience, logger: logger, responder: responder)
        do {
            return try await host.serving(failed: failed, perform: work).result
        } catch let error as CannotListen {
            throw ListeningError.cannotListen(address, reason: error.reason)
        }
    }

    /// Answers requests as the server does.
    var responder: MetricsResponder<BasicRequestContext> { MetricsResponder(token: token, limits: limits, text: text) }
}
