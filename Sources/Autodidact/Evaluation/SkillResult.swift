/// What a policy can do on a task that a run must not make it forget.
public struct SkillResult: Sendable, Hashable, Codable {
    /// The task and its level as the settings name them, such as `arithmetic:2`.
    public let name: String
    /// The policy on that task's held-out problems.
    public let result: EvaluationResult

    /// A finished evaluation.
    public init(name: String, result: EvaluationResult) {
        self.name = name
        self.result = result
    }
}

extension EvaluationResult {
    /// The same evaluation with what the same policy can do elsewhere.
    func with(skills: [SkillResult]) -> EvaluationResult {
        EvaluationResult(
            split: split, samplesPerProblem: samplesPerProblem, temperature: temperature, weightsHash: weightsHash, outcomes: outcomes,
            tokens: tokens, meanTokens: meanTokens, unscorable: unscorable, conduct: conduct, skills: skills)
    }
}
