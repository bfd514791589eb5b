import Autodidact
import Foundation
import TestSupport
import Testing

@testable import Remote

/// Over real sockets, on free ports of loopback.
@Suite("Requests over HTTP")
struct HTTPTransportTests {
    private func withTransport<Result: Sendable>(
        _ faults: [Fault] = [], key: String? = nil, presenting presented: String? = nil,
        _ body: @escaping @Sendable (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        let server = FakeTinkerServer(service: FakeService(), faults: FaultPlan(faults), key: key)
        let secret = try presented.map { try Secret($0, from: .environment("KEY")) }
        return try await server.serving { url in
            let transport = HTTPTransport(to: url, key: secret, attempt: .seconds(60))
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(transport)) } catch { result = .failure(error) }
            try await transport.close()
            return try result.get()
        }
    }

    private let beat = Data(#"{"session_id":"s","type":"session_heartbeat"}"#.utf8)

    @Test("are answered, with and without a body")
    func answered() async throws {
        try await withTransport { transport in
            let capabilities = try await transport.exchange(ServerCapabilities.path, body: nil, within: .seconds(60))
            #expect(capabilities.status == 200 && String(decoding: capabilities.body, as: UTF8.self).contains("letters"))
            #expect(try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60)).status == 200)
            let none = try await transport.exchange("nowhere", body: beat, within: .seconds(60))
            #expect(none.status == 404 && none.refusal == "Not Found")
        }
    }

    @Test("carry the key, which is shown nowhere", arguments: [("planted-key", 200), ("other", 401)])
    func key(presented: String, status: Int) async throws {
        try await withTransport(key: "planted-key", presenting: presented) { transport in
            let reply = try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60))
            #expect(reply.status == status)
            #expect(!"\(transport)".contains(presented))
        }
    }

    @Test("say how long to wait, and do not follow to another place")
    func headers() async throws {
        let faults = [
            Fault(path: SessionHeartbeat.path, kind: .status(429, retryAfter: .seconds(7))),
            Fault(path: SessionHeartbeat.path, at: 2, kind: .status(302)),
        ]
        try await withTransport(faults) { transport in
            let busy = try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60))
            #expect(busy.status == 429 && busy.retryAfter == .seconds(7))
            #expect(try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60)).status == 302)
        }
    }

    @Test("whose answer is cut are told from those that never got there")
    func faults() async throws {
        try await withTransport([Fault(path: SessionHeartbeat.path, kind: .cutAfter)]) { transport in
            let fault = await #expect(throws: TransportFault.self) {
                try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60))
            }
            guard case .cut = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
        }
        // Nobody listens at the port of a server that has ended.
        let server = FakeTinkerServer(service: FakeService(), faults: FaultPlan())
        let url = try await server.serving { $0 }
        let transport = HTTPTransport(to: url, key: nil, attempt: .seconds(60))
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.exchange(SessionHeartbeat.path, body: beat, within: .seconds(60))
        }
        try await transport.close()
        guard case .notSent = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test("train a policy from end to end, through cuts and refusals")
    func endToEnd() async throws {
        let service = FakeService()
        let faults = FaultPlan()
        try await FakeTinkerServer(service: service, faults: faults).serving { url in
            let address = ServiceAddress(url: url, baseModel: FakeService.baseModel)
            let world = FakeWorld()
            let policy = try await TinkerPolicy.open(
                address, key: nil, text: BigramText(), options: TinkerOptions(), pacing: world.pacing)
            faults.plan([
                Fault(path: ForwardBackward.path, kind: .cutAfter), Fault(path: OptimStep.path, kind: .cutAfter),
                Fault(path: RetrieveFuture.path, at: 3, kind: .status(503)), Fault(path: Sample.path, kind: .status(429)),
            ])
            #expect(try await PolicyLaws.violations(ofTrainable: policy, prompts: ["1A", "2B"]) == [])
            try await policy.close()
        }
        #expect(service.loadedModels == 0)
    }

    @Test("carry no key in clear to another machine")
    func inClear() async throws {
        let address = ServiceAddress(url: "http://service.example", baseModel: "m")
        let key = try Secret("planted-key", from: .environment("KEY"))
        let error = await #expect(throws: TinkerError.self) {
            try await TinkerPolicy.open(
                address, key: key, text: BigramText(), options: TinkerOptions(), pacing: FakeWorld().pacing)
        }
        #expect(error == .keyInClear(url: "http://service.example") && error?.description.contains("planted") == false)
    }
}
