import Foundation
import Synchronization

@testable import Remote

/// Something that goes wrong between a client and the service.
struct Fault: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// The service answers with a status and does nothing.
        case status(Int, retryAfter: Duration? = nil)
        /// The request does not get there.
        case unreached
        /// The connection ends before the service does anything.
        case cutBefore
        /// The connection ends after the service has done it.
        case cutAfter
        /// No answer comes and nothing is done.
        case stall
        /// No answer comes, though it is done.
        case stallAfter
        /// The request gets there twice.
        case twice
        /// The service answers with what it answered last.
        case previous
        /// Half of the answer.
        case garbled
        /// A number of the answer is none.
        case notFinite
    }

    /// Of which call.
    let path: String
    /// Which of its requests, from 1.
    var at = 1
    /// How many from there on.
    var count = 1
    let kind: Kind

    func happens(to request: Int) -> Bool { request >= at && request < at + count }
}

/// Faults that are planned, and how far requests have come.
final class FaultPlan: Sendable {
    private struct State {
        var faults: [Fault]
        var requests: [String: Int] = [:]
        var log: [String] = []
        /// Answers that are held back until the end; nil once that has come.
        var held: [CheckedContinuation<Void, Never>]? = []
    }

    private let state: Mutex<State>

    init(_ faults: [Fault] = []) { state = Mutex(State(faults: faults)) }

    /// The fault of the next request of a path.
    func next(_ path: String) -> Fault.Kind? {
        state.withLock { state in
            state.requests[path, default: 0] += 1
            state.log.append(path)
            let number = state.requests[path] ?? 0
            return state.faults.first { $0.path == path && $0.happens(to: number) }?.kind
        }
    }

    /// Plans faults, counted from now on.
    func plan(_ faults: [Fault]) {
        state.withLock { ($0.faults, $0.requests, $0.log) = (faults, [:], []) }
    }

    /// The paths of all requests since faults were planned, in order.
    var log: [String] { state.withLock { $0.log } }

    /// Waits for the end of the test.
    func hold() async {
        await withCheckedContinuation { waiting in
            let isOver = state.withLock { state in
                state.held?.append(waiting)
                return state.held == nil
            }
            if isOver { waiting.resume() }
        }
    }

    /// The end of the test: nothing is held back any more.
    func letGo() {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held ?? []
        }
        for waiting in held { waiting.resume() }
    }
}
