public import Autodidact
import Texts

extension TinkerPolicy {
    /// Connects to a service, measures what it really does, and makes an adapter.
    ///
    /// - Parameters:
    ///   - key: Sent as `X-API-Key`, never in clear to another machine.
    ///   - text: Of the same model as the service's base model.
    ///   - onReading: Told how far sampler and trainer disagree.
    /// - Throws: `TinkerError`, or `CancellationError`.
    public static func open(
        _ address: ServiceAddress, key: Secret?, text: any RemoteText, options: TinkerOptions, pacing: Pacing,
        onReading: @escaping @Sendable (MismatchReading) -> Void = { _ in }
    ) async throws -> TinkerPolicy {
        guard key == nil || !address.isInClear else { throw TinkerError.keyInClear(url: address.url) }
        let transport = HTTPTransport(to: address.url, key: key, attempt: pacing.attempt)
        return try await open(address, over: transport, text: text, options: options, pacing: pacing, onReading: onReading)
    }

    /// As `open`, over any transport, which is closed where this fails.
    static func open(
        _ address: ServiceAddress, over transport: any Transport, text: any RemoteText, options: TinkerOptions, pacing: Pacing,
        onReading: @escaping @Sendable (MismatchReading) -> Void = { _ in }
    ) async throws -> TinkerPolicy {
        let connection = TinkerConnection(to: address.url, over: transport, pacing: pacing)
        var opened: Session?
        do {
            let session = try await Session(at: address, over: connection, keepsAdapters: options.keepsAdapters)
            opened = session
            let fingerprint = try Fingerprint(of: text)
            let probe = ServiceProbe(
                session: session, adapter: options.adapter, tokens: fingerprint.tokens, measuresBuiltIns: options.usesBuiltInLosses)
            let traits = try await probe.traits()
            let model = try await session.model(options.adapter)
            let lineage = Lineage(baseModel: address.baseModel, adapter: options.adapter)
            return TinkerPolicy(
                name: address.description, text: text, options: options, traits: traits, session: session, model: model,
                lineage: lineage, fingerprint: fingerprint, isSessionOwner: true, onReading: onReading)
        } catch {
            // The first error says more than one of closing what was half opened.
            do { if let opened { try await opened.close() } else { try await connection.close() } } catch {}
            throw error
        }
    }
}
