import Autodidact
import Randomness
import Synchronization
import TestSupport

/// A child process that died.
struct ChildDeath: Error, CustomStringConvertible {
    let action: String
    let call: Int

    var description: String { "cannot \(action): the model's process was killed by signal 9 (call \(call))" }
}

/// The processes that a run starts: the model's, which may die at any call, and the verifier's, one for each response.
///
/// What a program does to itself is a property of the response, the same in every life: it is unscorable. What the system does to it is
/// not: it is tried again once.
final class SimulatedChildren: Sendable {
    private let seed: SeedTree
    private let deaths: Set<Int>
    private let calls = Mutex(0)
    private let retries = Mutex(0)

    init(seed: SeedTree, disturbances: [Disturbance]) {
        self.seed = seed
        deaths = Set(disturbances.compactMap { if case .childDeath(let call) = $0 { call } else { nil } })
    }

    /// Calls of the model so far.
    var modelCalls: Int { calls.withLock { $0 } }
    /// Verifiers that were started again.
    var retriedVerifiers: Int { retries.withLock { $0 } }

    /// The model is asked for something.
    func model(_ call: ScriptedPolicy.Call) throws {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        if deaths.contains(number) { throw ChildDeath(action: call.rawValue, call: number) }
    }

    /// The verdict of a program that failed by itself, or nil.
    func verifier(_ problem: Problem, failing: Set<String>) -> Verdict? {
        var life = seed("verifier")(named: problem.id).generator
        if life.index(below: 40) == 0 { retries.withLock { $0 += 1 } }
        return failing.contains(problem.id) ? .unscorable(reason: "the verifier's process ended with status 139") : nil
    }
}
