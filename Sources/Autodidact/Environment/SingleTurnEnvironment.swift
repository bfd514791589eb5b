/// A single-turn task: an environment of one step, whose outcome is the verifier's verdict.
public struct SingleTurnEnvironment: Environment {
    private let problem: Problem
    private let verifier: any Verifier

    /// The one-step environment of a problem.
    public init(problem: Problem, verifier: any Verifier) {
        self.problem = problem
        self.verifier = verifier
    }

    /// The prompt.
    public mutating func observe() -> String { problem.prompt }

    /// The verdict on the response.
    public mutating func act(_ response: String) async -> EnvironmentStep {
        .outcome(await verifier.verdict(on: response, for: problem))
    }
}
