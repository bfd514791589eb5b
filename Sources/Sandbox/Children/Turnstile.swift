import Synchronization

/// Lets so many through at once and the others wait, first come first served; a task that is cancelled no longer waits.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: Int, turn: CheckedContinuation<Bool, Never>)] = []
        var nextID = 0
    }

    private let state: Mutex<State>

    /// A turnstile for `count` at once, at least 1.
    init(_ count: Int) {
        state = Mutex(State(free: max(1, count)))
    }

    /// Does the work when its turn has come, or at once where the task was cancelled: the work itself looks whether it was.
    func pass<Result: Sendable>(_ work: () async -> Result) async -> Result {
        let hasTurn = await enter()
        defer { if hasTurn { leave() } }
        return await work()
    }

    /// Waits for a turn, which `leave()` ends; false, without a turn, where the task was cancelled while it waited.
    func enter() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer = state.withLock { state -> Bool? in
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    if Task.isCancelled { return false }
                    state.waiting.append((id, turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let turn = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).turn }
            }
            turn?.resume(returning: false)
        }
    }

    /// Ends a turn; who has waited longest is next.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().turn
        }
        next?.resume(returning: true)
    }
}
