import AsyncHTTPClient
import Autodidact
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Requests over HTTP, by connections that are kept.
///
/// Redirections are not followed, because the key would go with them.
struct HTTPTransport: Transport {
    /// Results hold a logprob of each token; this is some ten million.
    private static let longestAnswer = 256 << 20
    /// How many requests wait for results at once.
    private static let connections = 64
    /// Shorter than servers keep connections that nobody uses, so that a request does not meet one that is being closed.
    private static let idleTimeout = TimeAmount.seconds(2)

    private let root: String
    private let key: (header: String, value: Secret, prefix: String)?
    private let client: HTTPClient

    /// A transport to a service of the Tinker API; the key goes into `X-API-Key`.
    ///
    /// - Parameter attempt: The longest limit that exchanges are given.
    init(to url: String, key: Secret?, attempt: Duration) {
        self.init(root: "\(url)/api/v1/", key: key.map { ("X-API-Key", $0, "") }, attempt: attempt)
    }

    /// A transport to an OpenAI-compatible endpoint, whose paths lie below `url`; the key goes into `Authorization`.
    ///
    /// - Parameter attempt: The longest limit that exchanges are given.
    init(toEndpoint url: String, key: Secret?, attempt: Duration) {
        self.init(root: "\(url)/", key: key.map { ("Authorization", $0, "Bearer ") }, attempt: attempt)
    }

    private init(root: String, key: (header: String, value: Secret, prefix: String)?, attempt: Duration) {
        (self.root, self.key) = (root, key)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: TimeAmount(attempt + .seconds(30)))
        configuration.connectionPool.idleTimeout = Self.idleTimeout
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connections
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func exchange(_ path: String, body: Data?, within limit: Duration) async throws -> Reply {
        var request = HTTPClientRequest(url: root + path)
        request.headers.add(name: "Accept", value: "application/json")
        if let key { request.headers.add(name: key.header, value: key.prefix + key.value.revealed) }
        if let body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await client.execute(request, timeout: TimeAmount(limit))
            let bytes = try await response.body.collect(upTo: Self.longestAnswer)
            return Reply(
                status: Int(response.status.code), retryAfter: Self.wait(response.headers.first(name: "Retry-After")),
                body: Data(bytes.readableBytesView))
        } catch {
            try Task.checkCancellation()
            throw Self.fault(error, limit: limit)
        }
    }

    func close() async throws { try await client.shutdown() }

    /// Seconds; a date is not read, and the connection's own wait is taken.
    private static func wait(_ field: String?) -> Duration? {
        guard let seconds = field.flatMap(Double.init), seconds.isFinite, seconds >= 0 else { return nil }
        return .seconds(min(seconds, 86_400))
    }

    /// Whatever is not known to have failed before the request was sent counts as sent.
    private static func fault(_ error: any Error, limit: Duration) -> TransportFault {
        if error is NIOTooManyBytesError { return .tooLong(bytes: longestAnswer) }
        if let error = error as? NIOConnectionError {
            return .notSent(error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" } ?? "\(error)")
        }
        if let error = error as? IOError, error.errnoCode == ECONNREFUSED { return .notSent("\(error)") }
        guard let error = error as? HTTPClientError else { return .cut("\(error)") }
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout: return .timedOut(limit)
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .invalidURL, .emptyHost, .emptyScheme:
            return .notSent("\(error)")
        default: return .cut("\(error)")
        }
    }
}

extension TimeAmount {
    /// The same time in NIO's type.
    fileprivate init(_ duration: Duration) {
        self = .milliseconds(Int64(duration / .milliseconds(1)))
    }
}
