import Foundation
import Synchronization
import TestSupport

@testable import Remote

/// A transport without sockets or time: what stalls lets the clock jump.
final class FakeTransport: Transport {
    private let service: any FakeAnswering
    private let faults: FaultPlan
    private let clock: ManualClock
    private let previous = Mutex<Reply?>(nil)
    private let open = Mutex(true)
    private let rewriting = Mutex<(@Sendable (Data) -> Data)?>(nil)

    init(to service: any FakeAnswering, faults: FaultPlan = FaultPlan(), clock: ManualClock) {
        (self.service, self.faults, self.clock) = (service, faults, clock)
    }

    /// Has results say something else from now on.
    func rewrite(_ change: @escaping @Sendable (Data) -> Data) { rewriting.withLock { $0 = change } }

    /// Whether it was not closed.
    var isOpen: Bool { open.withLock { $0 } }

    func exchange(_ path: String, body: Data?, within limit: Duration) async throws -> Reply {
        guard isOpen else { throw TransportFault.notSent("closed") }
        switch faults.next(path) {
        case nil: return answer(path, body)
        case .status(let status, let retryAfter):
            return Reply(status: status, retryAfter: retryAfter, body: Data(#"{"detail":"fault"}"#.utf8))
        case .unreached: throw TransportFault.notSent("refused")
        case .cutBefore: throw TransportFault.cut("reset")
        case .cutAfter:
            _ = answer(path, body)
            throw TransportFault.cut("reset")
        case .stall:
            clock.advance(by: limit)
            throw TransportFault.timedOut(limit)
        case .stallAfter:
            _ = answer(path, body)
            clock.advance(by: limit)
            throw TransportFault.timedOut(limit)
        case .twice:
            _ = answer(path, body)
            return answer(path, body)
        case .previous:
            guard let previous = previous.withLock({ $0 }) else { return answer(path, body) }
            return previous
        case .garbled:
            let reply = answer(path, body)
            return Reply(status: reply.status, body: reply.body.prefix(reply.body.count / 2))
        case .notFinite:
            let reply = answer(path, body)
            let text = String(decoding: reply.body, as: UTF8.self)
            return Reply(status: reply.status, body: Data(text.replacing(/-[0-9]+\.[0-9]+/, with: "null").utf8))
        }
    }

    func close() async throws { open.withLock { $0 = false } }

    private func answer(_ path: String, _ body: Data?) -> Reply {
        let reply = service.answer(path, body)
        guard path == RetrieveFuture.path && reply.status == 200 else { return reply }
        let change = rewriting.withLock { $0 }
        let result = Reply(status: 200, body: change?(reply.body) ?? reply.body)
        previous.withLock { $0 = result }
        return result
    }
}
