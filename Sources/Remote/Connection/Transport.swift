import Foundation

/// What carries requests to a service and answers back.
protocol Transport: Sendable {
    /// One request with a JSON body (GET where it has none), and the whole answer.
    ///
    /// - Throws: `TransportFault`, or `CancellationError`.
    func exchange(_ path: String, body: Data?, within limit: Duration) async throws -> Reply

    /// Lets go of its connections.
    func close() async throws
}

extension Transport {
    /// One request, with whatever came of it.
    ///
    /// - Throws: `CancellationError`.
    func attempt(_ path: String, body: Data?, within limit: Duration) async throws -> Attempt.Result {
        do {
            return .reply(try await exchange(path, body: body, within: limit))
        } catch let fault as TransportFault {
            return .fault(fault)
        }
    }
}

/// An answer, whatever its status.
struct Reply: Sendable, Hashable {
    let status: Int
    /// Seconds, where the service says how long to wait.
    var retryAfter: Duration?
    let body: Data
}

/// How an exchange failed without an answer.
enum TransportFault: Error, Sendable, Hashable {
    /// The request has not reached the service.
    case notSent(String)
    /// The request was on its way, and no whole answer came.
    case cut(String)
    /// No whole answer came in time.
    case timedOut(Duration)
    /// The answer is longer than is read.
    case tooLong(bytes: Int)
}
