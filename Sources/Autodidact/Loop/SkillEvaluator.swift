/// Evaluates policies on the held-out problems of a protected task, in the task's own environments, whatever the recipe does with its own.
struct SkillEvaluator: Sendable {
    /// What it reads; never trained on.
    let problems: [Problem]
    private let name: String
    private let evaluator: Evaluator

    /// An evaluator of a task, with the samples and temperature of the run's own evaluation.
    ///
    /// - Throws: `LoopError.noProblems` where the task has none on these levels.
    init(
        _ skill: ProtectedSkill, settings: RunSettings, meter: PhaseMeter, events: @escaping @Sendable (LoopEvent) -> Void
    ) throws(LoopError) {
        var own = settings.evaluation
        own.problems = settings.retention.problems
        name = skill.name
        evaluator = Evaluator(family: skill.family, levels: skill.levels, settings: own, meter: meter, events: events)
        problems = try evaluator.problems(.heldOut)
    }

    /// The policy on the task.
    ///
    /// - Throws: As `Evaluator.evaluate`.
    func evaluate(_ policy: any Policy, weightsHash: String) async throws -> SkillResult {
        let evaluation = try await evaluator.evaluate(policy, on: problems, split: .heldOut, weightsHash: weightsHash)
        return SkillResult(name: name, result: evaluation.result)
    }
}
