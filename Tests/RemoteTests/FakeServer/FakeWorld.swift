import Autodidact
import TestSupport

@testable import Remote

/// A service, faults on the way to it, and a clock on which waiting takes no time.
struct FakeWorld {
    let service: FakeService
    let faults = FaultPlan()
    let clock = ManualClock()
    let transport: FakeTransport

    init(_ traits: FakeTraits = .plain) {
        service = FakeService(traits)
        transport = FakeTransport(to: service, faults: faults, clock: clock)
    }

    static let address = ServiceAddress(url: "http://127.0.0.1:8000", baseModel: FakeService.baseModel)

    /// Without heartbeats, which would not stop on a clock that jumps.
    var pacing: Pacing {
        var pacing = Pacing(clock: clock) { [clock] in
            try Task.checkCancellation()
            clock.advance(by: $0)
        }
        pacing.heartbeat = nil
        return pacing
    }

    var connection: TinkerConnection { TinkerConnection(to: Self.address.url, over: transport, pacing: pacing) }

    func policy(
        _ options: TinkerOptions = TinkerOptions(), onReading: @escaping @Sendable (MismatchReading) -> Void = { _ in }
    ) async throws -> TinkerPolicy {
        try await TinkerPolicy.open(
            Self.address, over: transport, text: BigramText(), options: options, pacing: pacing, onReading: onReading)
    }

    /// As after the program was started again: another connection to the same service.
    func reopened() -> FakeWorld { FakeWorld(sharing: service) }

    private init(sharing service: FakeService) {
        self.service = service
        transport = FakeTransport(to: service, faults: faults, clock: clock)
    }
}
