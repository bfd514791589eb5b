import Autodidact
import Foundation
import Synchronization
import TestSupport

@testable import Remote

/// An endpoint, faults on the way to it, and a clock on which waiting takes no time.
struct EndpointWorld {
    static let address = OpenAIAddress(url: "http://127.0.0.1:8000/v1", model: FakeEndpoint.model)

    let endpoint: FakeEndpoint
    let faults = FaultPlan()
    let clock = ManualClock()
    let transport: CrowdedTransport

    init(_ traits: FakeEndpointTraits = FakeEndpointTraits()) {
        endpoint = FakeEndpoint(traits)
        transport = CrowdedTransport(FakeTransport(to: endpoint, faults: faults, clock: clock))
    }

    var pacing: Pacing {
        Pacing(clock: clock) { [clock] in
            try Task.checkCancellation()
            clock.advance(by: $0)
        }
    }

    func connection(_ form: OpenAIOptions.Form = .text, budget: Int = 0) -> EndpointConnection {
        EndpointConnection(to: Self.address.url, form: form, over: transport, pacing: pacing, budget: TokenBudget(budget))
    }

    func policy(_ options: OpenAIOptions = OpenAIOptions(form: .text)) async throws -> OpenAIPolicy {
        try await OpenAIPolicy.open(Self.address, over: transport, options: options, pacing: pacing)
    }

    /// The plainest request.
    static func request(_ text: String = "ab", tokens: Int = 6) -> EndpointRequest {
        EndpointRequest(model: FakeEndpoint.model, prompt: .text(text), maximumTokens: tokens, seed: 7)
    }
}

/// Counts how many requests are under way at once.
final class CrowdedTransport: Transport {
    private let transport: FakeTransport
    private let crowd = Mutex((now: 0, most: 0))

    init(_ transport: FakeTransport) { self.transport = transport }

    /// The most at once so far.
    var most: Int { crowd.withLock { $0.most } }
    /// Whether it was not closed.
    var isOpen: Bool { transport.isOpen }

    func exchange(_ path: String, body: Data?, within limit: Duration) async throws -> Reply {
        crowd.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { crowd.withLock { $0.now -= 1 } }
        // Lets others in, where there are any.
        await Task.yield()
        return try await transport.exchange(path, body: body, within: limit)
    }

    func close() async throws { try await transport.close() }
}
