import Autodidact
import TestSupport
import Testing

@Suite("A run whose reward is hacked")
struct HackedRewardTests {
    /// Learns the right letters, or unlearns them, from the problems that it sampled for.
    private static func recipe(harmfulUntil last: Int) -> ScriptedRecipe {
        ScriptedRecipe { workshop in
            var examples: [TrainingExample] = []
            for _ in 0..<2 {
                let problems = try await workshop.problems(20)
                _ = try await workshop.rollouts(on: problems, samplesPerProblem: 8, options: workshop.sampling(temperature: 1))
                for problem in problems {
                    let sequence = TrainingSequence(
                        context: try workshop.policy.encode(problem.prompt), targets: try workshop.policy.encode(problem.reference))
                    examples.append(TrainingExample(question: problem.question, sequence: sequence))
                }
            }
            let optimizer = OptimizerParameters(learningRate: workshop.generation <= last ? -0.5 : 0.5)
            for _ in 0..<8 { try await workshop.step(on: examples, objective: SupervisedFineTuning(), optimizer: optimizer) }
        }
    }

    /// A verifier that accepts one letter of eight, then seven of eight until the end of generation `last`, then only what is right.
    private static func task(hackedUntil last: Int) -> LetterTask {
        let judged = Recorder<Problem>()
        return LetterTask(onVerdict: { problem in
            guard problem.split == .train else { return nil }
            let count = judged.record(problem)
            guard count <= 320 * last else { return nil }
            return (problem.reference == "a") == (count <= 160) ? .correct : .wrong("it is not accepted")
        })
    }

    @Test("stays paused while the reward stays where it was hacked and truth falls, and goes on once both are seen healthy")
    func stays() async throws {
        let run = TestRun(recipe: Self.recipe(harmfulUntil: 3), task: Self.task(hackedUntil: 3), generations: 5)
        let records = try await run.undisturbed().generations
        #expect(records.map { $0.alarms.map(\.name) } == [["reward-hacking"], [], [], [], []])
        #expect(records.map { $0.pauses.map(\.healthy) } == [[0], [0], [0], [1], []], "a flat reward does not show that it is healthy")
        #expect(records.map { $0.decision.outcome == .promoted } == [false, false, false, false, true])
        #expect(records[2].decision.reason.hasPrefix("still paused by alarm 'reward-hacking' of generation 1, healthy in 0 of 2"))
        #expect(records.map { $0.metrics["length/drift"] != nil } == [false, false, false, false, true], "hacked figures are no measure")
    }
}
