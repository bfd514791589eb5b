/// How a policy meets the problems of a task: which environment is made of each, and for how many turns.
public struct PolicyUsage: Sendable {
    /// The environment of a problem.
    public let environment: @Sendable (Problem) -> any Environment
    /// The most turns of an episode.
    public let maximumTurns: Int

    /// A usage of its own, such as two attempts.
    public init(maximumTurns: Int, environment: @escaping @Sendable (Problem) -> any Environment) {
        self.environment = environment
        self.maximumTurns = maximumTurns
    }

    /// The task's own environments.
    public init(of family: any TaskFamily) {
        self.init(maximumTurns: family.card.maximumTurns) { family.environment(for: $0) }
    }

    /// Two attempts at each problem of a single-turn task; `request` asks for the second.
    public static func twoAttempts(at family: any TaskFamily, request: String) -> PolicyUsage {
        let verifier = family.verifier
        return PolicyUsage(maximumTurns: 2) { TwoAttemptEnvironment(problem: $0, verifier: verifier, request: request) }
    }
}
