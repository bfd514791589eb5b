public import Autodidact

/// What a training service says of one of its base models.
public struct ServiceOffer: Sendable, Hashable {
    /// Tokens that it takes; nil where the service does not say.
    public let contextLength: Int?

    /// Asks a service for a base model; nothing is opened there.
    ///
    /// - Throws: `TinkerError`; `.unsupported` where the service has other base models.
    public init(of address: ServiceAddress, key: Secret?, pacing: Pacing) async throws {
        guard key == nil || !address.isInClear else { throw TinkerError.keyInClear(url: address.url) }
        try await self.init(of: address, over: HTTPTransport(to: address.url, key: key, attempt: pacing.attempt), pacing: pacing)
    }

    /// As `init(of:key:pacing:)`, over any transport, which is closed.
    init(of address: ServiceAddress, over transport: any Transport, pacing: Pacing) async throws {
        let connection = TinkerConnection(to: address.url, over: transport, pacing: pacing)
        let model: ServerCapabilities.Model
        do {
            model = try await Self.model(of: address, over: connection)
        } catch {
            // The first error says more than one of closing.
            do { try await connection.close() } catch {}
            throw error
        }
        try await connection.close()
        contextLength = model.maxContextLength
    }

    /// The base model as the service describes it.
    static func model(of address: ServiceAddress, over connection: TinkerConnection) async throws -> ServerCapabilities.Model {
        let offered = try await connection.get(ServerCapabilities.path, as: ServerCapabilities.self).supportedModels
        guard let model = offered.first(where: { $0.modelName == address.baseModel }) else {
            let names = offered.compactMap(\.modelName).prefix(8).joined(separator: ", ")
            throw TinkerError.unsupported(
                url: address.url, what: "the base model \(address.baseModel)", remedy: "it has \(names.isEmpty ? "none" : names)")
        }
        return model
    }
}
