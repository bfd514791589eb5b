import Autodidact
import Foundation
import Synchronization

/// A session at a service: what models are made in.
struct Session: Sendable {
    let connection: TinkerConnection
    let address: ServiceAddress
    let sessionID: String
    /// Tokens that the base model takes, where the service says so.
    let contextLength: Int?
    /// Whether adapters that are done with stay at the service.
    let keepsAdapters: Bool
    private let heartbeat: Heartbeat
    private let models = SessionModels()

    /// The API that this client speaks, as its SDK numbers it.
    private static let version = "0.25.0"

    /// Opens a session for a base model that the service has.
    ///
    /// - Throws: `TinkerError`; `.unsupported` where the service has other base models.
    init(at address: ServiceAddress, over connection: TinkerConnection, keepsAdapters: Bool = false) async throws {
        let model = try await ServiceOffer.model(of: address, over: connection)
        let opened = try await connection.ask(CreateSession(tags: ["autodidact"], userMetadata: [:], sdkVersion: Self.version))
        if let message = opened.errorMessage { throw TinkerError.failed(url: address.url, said: message) }
        (self.connection, self.address, sessionID, contextLength) = (connection, address, opened.sessionID, model.maxContextLength)
        self.keepsAdapters = keepsAdapters
        heartbeat = Heartbeat(of: opened.sessionID, over: connection)
        heartbeat.start()
    }

    /// Makes an adapter; those that nobody holds any more are taken off the service first, unless they are to stay.
    func model(_ adapter: CreateModel.LoRA) async throws -> RemoteModel {
        try check()
        try await unloadReleased()
        let request = CreateModel(
            sessionID: sessionID, modelSeqID: models.next(), baseModel: address.baseModel, loraConfig: adapter)
        return RemoteModel(id: try await connection.perform(request).modelID, session: self)
    }

    /// Takes note of an adapter that nobody holds any more.
    func release(_ id: String) { if !keepsAdapters { models.release(id) } }

    /// Stops where the session is lost.
    func check() throws(TinkerError) { try heartbeat.check() }

    /// Takes off what nobody holds any more, ends the heartbeats and lets go of the connections.
    func close() async throws {
        heartbeat.stop()
        let failure: (any Error)?
        do {
            try await unloadReleased()
            failure = nil
        } catch { failure = error }
        try await connection.close()
        if let failure { throw failure }
    }

    private func unloadReleased() async throws {
        for id in models.released() { _ = try await connection.perform(UnloadModel(modelID: id)) }
    }
}

/// The models of a session: how many there were, and which are to be taken off the service.
private final class SessionModels: Sendable {
    private let state = Mutex((count: 0, released: [String]()))

    func next() -> Int {
        state.withLock { state in
            defer { state.count += 1 }
            return state.count
        }
    }

    func release(_ id: String) { state.withLock { $0.released.append(id) } }

    func released() -> [String] {
        state.withLock { state in
            defer { state.released = [] }
            return state.released
        }
    }
}
