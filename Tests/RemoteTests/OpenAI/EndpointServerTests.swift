import Autodidact
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Remote

/// Over real sockets, on free ports of loopback, with a server that fails as it is told.
@Suite("Endpoints over HTTP")
struct EndpointServerTests {
    private func withPolicy<Result: Sendable>(
        key: String? = nil, presenting presented: String? = nil, pacing: Pacing = EndpointWorld().pacing, faults: FaultPlan = FaultPlan(),
        _ body: @escaping @Sendable (OpenAIPolicy) async throws -> Result
    ) async throws -> Result {
        let server = FakeTinkerServer(
            service: FakeEndpoint(), faults: faults, key: key.map { "Bearer " + $0 }, keyField: "Authorization", root: "/v1/")
        let secret = try presented.map { try Secret($0, from: .environment("KEY")) }
        return try await server.serving { url in
            let address = OpenAIAddress(url: url + "/v1", model: FakeEndpoint.model)
            let policy = try await OpenAIPolicy.open(address, key: secret, options: OpenAIOptions(form: .text), pacing: pacing)
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(policy)) } catch { result = .failure(error) }
            try await policy.close()
            return try result.get()
        }
    }

    private func sample(_ policy: OpenAIPolicy) async throws -> [[Completion]] {
        let request = SamplingRequest(prompt: policy.encode("ab"), count: 2, key: SeedTree(root: 5))
        return try await policy.sample([request], options: SamplingOptions(maximumTokens: 6))
    }

    @Test(
        "give the same through every fault that passes",
        arguments: [Fault.Kind.status(429, retryAfter: .seconds(3)), .status(500), .status(503), .cutBefore, .cutAfter])
    func faults(kind: Fault.Kind) async throws {
        let faults = FaultPlan()
        try await withPolicy(faults: faults) { policy in
            let calm = try await sample(policy)
            faults.plan([Fault(path: "completions", count: 2, kind: kind)])
            #expect(try await sample(policy) == calm)
            #expect(faults.log.count == 3)
        }
    }

    @Test("are refused where their JSON is cut off within")
    func malformed() async throws {
        let faults = FaultPlan()
        try await withPolicy(faults: faults) { policy in
            faults.plan([Fault(path: "completions", kind: .garbled)])
            let error = await #expect(throws: OpenAIError.self) { try await sample(policy) }
            guard case .unreadable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("that do not answer are given up in time, and asked again")
    func delayed() async throws {
        let faults = FaultPlan()
        var pacing = EndpointWorld().pacing
        // Whoever is held back stays so to the end of the test, however long an attempt is.
        pacing.attempt = .milliseconds(200)
        pacing.patience = .seconds(1_000_000)
        try await withPolicy(pacing: pacing, faults: faults) { policy in
            faults.plan([Fault(path: "completions", kind: .stall)])
            let completions = try await sample(policy)
            #expect(completions[0].count == 2)
            #expect(faults.log.count >= 2)
        }
    }

    @Test("carry the key, which is shown nowhere")
    func key() async throws {
        try await withPolicy(key: "planted-key", presenting: "planted-key") { policy in
            let completions = try await sample(policy)
            #expect(completions[0].count == 2)
            #expect(!"\(policy)".contains("planted-key"))
        }
        let error = await #expect(throws: OpenAIError.self) {
            try await withPolicy(key: "planted-key", presenting: "other") { _ in }
        }
        guard case .refused(_, 401, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("keep the laws of policies")
    func laws() async throws {
        try await withPolicy { policy in
            let plain = OpenAIPolicy(
                name: policy.name, address: policy.address, options: policy.options, traits: EndpointTraits(),
                connection: policy.connection, text: policy.text)
            let violations = try await PolicyLaws.violations(of: plain, prompts: ["1A", "2B"])
            #expect(violations == [])
        }
    }

    @Test("are asked again where the server resets connections", arguments: [0, 1, 3])
    func reset(count: Int) async throws {
        let server = ResettingServer(resets: count, body: #"{"choices":[{"text":"yes","finish_reason":"stop"}]}"#)
        try await server.serving { url in
            let transport = HTTPTransport(toEndpoint: url, key: nil, attempt: .seconds(60))
            let connection = EndpointConnection(
                to: url, form: .text, over: transport, pacing: EndpointWorld().pacing, budget: TokenBudget(0))
            let answer: Swift.Result<EndpointAnswer, any Error>
            do { answer = .success(try await connection.ask(EndpointWorld.request())) } catch { answer = .failure(error) }
            try await connection.close()
            let text = try answer.get().choices.first?.text
            #expect(text == "yes")
        }
    }
}
