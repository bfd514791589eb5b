import Autodidact

/// A keydoor problem as an interaction of one action a turn, which ends at the exit or at the cap.
struct KeydoorEnvironment: Environment {
    private let problem: Problem
    private var state: KeydoorState?

    /// The beginning of a problem.
    init(_ problem: Problem) {
        self.problem = problem
        state = KeydoorGrid(problem.reference).map { KeydoorState($0) }
    }

    /// The prompt, which shows where things are and the first observation.
    mutating func observe() -> String { problem.prompt }

    /// Does the action; a newline after it is forgiven, anything else that is no action costs the turn.
    mutating func act(_ response: String) async -> EnvironmentStep {
        guard var next = state else {
            return .outcome(.unscorable(reason: "the reference of problem \(problem.id) cannot be read"))
        }
        next.act(KeydoorAction(rawValue: response.hasSuffix("\n") ? String(response.dropLast()) : response))
        state = next
        return next.isOver ? .outcome(KeydoorVerifier.verdict(on: next)) : .observation(next.observation)
    }
}
