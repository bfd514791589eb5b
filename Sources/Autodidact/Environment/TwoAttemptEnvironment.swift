/// Two attempts at a single-turn problem with a neutral request between them (SCoRe, arXiv:2409.12917, §3).
///
/// The request is the same whatever the first attempt was, so nothing of its verdict leaks. The first attempt is judged, hidden from
/// the policy; the outcome is the verdict on the second.
public struct TwoAttemptEnvironment: Environment {
    private let problem: Problem
    private let verifier: any Verifier
    private let request: String
    private var isRevising = false

    /// The environment of a problem; `request` asks for the second attempt.
    public init(problem: Problem, verifier: any Verifier, request: String) {
        self.problem = problem
        self.verifier = verifier
        self.request = request
    }

    /// The prompt.
    public mutating func observe() -> String { problem.prompt }

    /// The request after the first attempt, the verdict after the second.
    public mutating func act(_ response: String) async -> EnvironmentStep {
        let verdict = await verifier.verdict(on: response, for: problem)
        if isRevising { return .outcome(verdict) }
        isRevising = true
        return .observation(request, verdict: verdict)
    }
}
