import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

@testable import Remote

/// The tests' service over HTTP, on a free port of loopback.
struct FakeTinkerServer {
    let service: any FakeAnswering
    let faults: FaultPlan
    /// What requests must carry, and where.
    var key: String?
    var keyField = "X-API-Key"
    /// Where the paths of the service begin.
    var root = "/api/v1/"

    /// Does some work while the service can be reached at the address that the work is given; it has ended when this returns or throws.
    func serving<Result: Sendable>(_ work: @escaping @Sendable (String) async throws -> Result) async throws -> Result {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: FakeResponder<BasicRequestContext>(server: self), server: .http1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let services = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await services.run()
            }
            guard let bound = await ports.first(where: { _ in true }) else { throw FakeRefusal(status: 0, detail: "no port") }
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await work("http://127.0.0.1:\(bound)")) } catch { result = .failure(error) }
            faults.letGo()
            // Nobody is let in any more, and whoever is connected has let go: clients are closed by the work.
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }
}

/// Hands requests to the service.
private struct FakeResponder<Context>: HTTPResponder {
    let server: FakeTinkerServer

    private var service: any FakeAnswering { server.service }

    func respond(to request: Request, context: Context) async throws -> Response {
        let place = request.head.path ?? ""
        guard place.hasPrefix(server.root) else { return response(.fake(404, ["detail": "Not Found"])) }
        let path = String(place.dropFirst(server.root.count))
        if let key = server.key, let name = HTTPField.Name(server.keyField), request.headers[name] != key {
            return response(.fake(401, ["detail": "Invalid API key"]))
        }
        let body = try await request.body.collect(upTo: 16 << 20)
        let data = request.method == .get ? nil : Data(body.readableBytesView)
        switch server.faults.next(path) {
        case nil: return response(service.answer(path, data))
        case .status(let status, let retryAfter):
            return response(Reply(status: status, retryAfter: retryAfter, body: Data(#"{"detail":"fault"}"#.utf8)))
        case .cutBefore: return cut
        case .cutAfter:
            _ = service.answer(path, data)
            return cut
        case .twice:
            _ = service.answer(path, data)
            return response(service.answer(path, data))
        case .garbled:
            let reply = service.answer(path, data)
            return response(Reply(status: reply.status, body: reply.body.prefix(reply.body.count / 2)))
        case .stall:
            await server.faults.hold()
            return response(service.answer(path, data))
        case .unreached, .stallAfter, .previous, .notFinite:
            // What needs the service's side is tested without sockets.
            throw FakeRefusal(status: 0, detail: "not a fault of this server")
        }
    }

    private func response(_ reply: Reply) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let wait = reply.retryAfter { headers[.retryAfter] = "\(wait / .seconds(1))" }
        // A redirection that a client must not follow with its key.
        if (300...399).contains(reply.status) { headers[.location] = "http://127.0.0.1:1/elsewhere" }
        return Response(
            status: .init(code: reply.status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// An answer that ends before its length is reached.
    private var cut: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(contentLength: 1000) { writer in
                try await writer.write(ByteBuffer(string: "{"))
                throw FakeRefusal(status: 0, detail: "cut")
            })
    }
}
