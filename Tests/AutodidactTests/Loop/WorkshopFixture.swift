import Autodidact
import Randomness
import TestSupport

/// A workshop on `LetterTask` in its first generation, with the problems it must keep away from.
struct WorkshopFixture {
    let policy: ScriptedPolicy
    let workshop: Workshop
    let evaluationProblems: [Problem]
    let options = SamplingOptions(maximumTokens: 4)

    init(policy: ScriptedPolicy = ScriptedPolicy(), task: LetterTask = LetterTask(), seed: UInt64 = 1) async throws {
        self.policy = policy
        var heldOut = ProblemStream(task, split: .heldOut, key: SeedTree(root: 9))
        evaluationProblems = heldOut.next(5)
        let start = try await policy.snapshot()
        workshop = try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: seed), family: task, start: start, base: start,
            budget: GenerationBudget(problems: 1, episodes: 1, trainedSequences: 1, optimizerSteps: 1),
            evaluationProblems: evaluationProblems, meter: PhaseMeter(clock: ManualClock())
        )
    }

    /// An example that answers a problem correctly.
    func lesson(on problem: Problem, prompt: String? = nil) throws -> TrainingExample {
        TrainingExample(
            question: problem.question,
            sequence: TrainingSequence(
                context: try policy.encode(prompt ?? problem.prompt), targets: try policy.encode(problem.reference)
            )
        )
    }

    func step(on examples: [TrainingExample], objective: any Objective = SupervisedFineTuning()) async throws {
        try await workshop.step(on: examples, objective: objective, optimizer: OptimizerParameters(learningRate: 0.1))
    }
}
