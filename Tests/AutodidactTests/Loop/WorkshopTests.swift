import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("Workshop")
struct WorkshopTests {
    @Test("problems continue their stream: all different, all for training, whatever the size of the requests")
    func problems() async throws {
        let one = try await WorkshopFixture().workshop.problems(20)
        let workshop = try await WorkshopFixture().workshop
        let parts = try await workshop.problems(7) + (try await workshop.problems(13))
        #expect(parts == one)
        #expect(Set(one.map(\.id)).count == 20)
        #expect(one.allSatisfy { $0.split == .train })
    }

    @Test("a problem's episodes do not depend on the problems beside it, and a second visit brings new ones")
    func visits() async throws {
        let first = try await WorkshopFixture()
        let second = try await WorkshopFixture()
        let problems = try await first.workshop.problems(3)
        let together = try await first.workshop.rollouts(on: problems, samplesPerProblem: 8, options: first.options)
        let alone = try await second.workshop.rollouts(on: [problems[1]], samplesPerProblem: 8, options: first.options)
        let again = try await second.workshop.rollouts(on: [problems[1]], samplesPerProblem: 8, options: first.options)
        #expect(together[1] == alone[0])
        #expect(again[0].map(\.response) != alone[0].map(\.response))
    }

    @Test("rollouts are recorded with the figures that the field knows")
    func metrics() async throws {
        let record = try #require(try await TestRun(generations: 1).undisturbed().generations.first)
        let names: Set = [
            "reward", "reward_std", "frac_reward_zero_std", "completions/mean_length", "completions/clipped_ratio", "entropy", "loss",
            "grad_norm", "learning_rate", "num_tokens", "train/steps", "train/skipped_steps",
        ]
        #expect(names.isSubset(of: record.metrics.keys))
        #expect(record.metrics.values.allSatisfy { $0.isFinite })
    }

    @Test("a gradient that is not finite is skipped and counted; the third in a row ends the generation")
    func notFinite() async throws {
        let fixture = try await WorkshopFixture()
        let lessons = try await fixture.workshop.problems(1).map { try fixture.lesson(on: $0) }
        let start = try await fixture.policy.snapshot()
        for _ in 0..<2 { try await fixture.step(on: lessons, objective: Broken()) }
        #expect(try await fixture.policy.snapshot() == start)
        try await fixture.step(on: lessons)
        for _ in 0..<2 { try await fixture.step(on: lessons, objective: Broken()) }
        await #expect(throws: WorkshopError.gradientNotFinite(stepsInARow: 3)) {
            try await fixture.step(on: lessons, objective: Broken())
        }
    }

    @Test("skipped steps are counted in the record")
    func skippedStepsReported() async throws {
        let recipe = ScriptedRecipe { workshop in
            let problem = try await workshop.problems(1)[0]
            let sequence = TrainingSequence(context: [1], targets: try workshop.policy.encode(problem.reference))
            try await workshop.step(
                on: [TrainingExample(question: problem.question, sequence: sequence)], objective: Broken(),
                optimizer: OptimizerParameters(learningRate: 0.1)
            )
        }
        let record = try #require(try await TestRun(recipe: recipe, generations: 1).undisturbed().generations.first)
        #expect(record.metrics["train/skipped_steps"] == 1)
        #expect(record.metrics["train/steps"] == 0)
        #expect(record.decision.outcome == .rolledBack)
    }

    @Test("references stay where they were taken, also when asked for late")
    func references() async throws {
        let fixture = try await WorkshopFixture()
        let lessons = try await fixture.workshop.problems(1).map { try fixture.lesson(on: $0) }
        let scored = lessons.map { ScoredSequence($0.sequence) }
        let before = try await fixture.policy.logprobs(of: scored)
        let early = try await fixture.workshop.reference(.generationStart)
        try await fixture.step(on: lessons)
        let trained = try await fixture.policy.snapshot()
        let late = try await fixture.workshop.reference(.base)
        #expect(try await early.logprobs(of: scored) == before)
        #expect(try await late.logprobs(of: scored) == before)
        #expect(try await fixture.policy.snapshot() == trained)
        let referenced = try await fixture.workshop.scored(lessons, by: late)
        #expect(referenced.map(\.sequence.reference) == before)
    }

    @Test("an objective without its inputs is refused")
    func missingInput() async throws {
        let fixture = try await WorkshopFixture()
        let problem = try await fixture.workshop.problems(1)[0]
        let lesson = try fixture.lesson(on: problem)
        await #expect(throws: WorkshopError.missingInput(.advantages, problem: problem.id)) {
            try await fixture.step(on: [lesson], objective: PolicyGradient())
        }
    }

    @Test("a plan's batches are even, cover all examples and warm up the learning rate")
    func plan() {
        let plan = TrainingPlan(sequencesPerStep: 4, warmUpSteps: 3, optimizer: OptimizerParameters(learningRate: 1))
        #expect(plan.stepsPerEpoch(examples: 0) == 0)
        #expect(plan.stepsPerEpoch(examples: 9) == 3)
        #expect((0..<5).map { plan.optimizer(atStep: $0).learningRate } == [0.25, 0.5, 0.75, 1, 1])
    }
}

/// An objective whose slopes are not numbers.
private struct Broken: Objective {
    var requirements: Set<ObjectiveRequirement> { [] }

    func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        ObjectiveValue(loss: .nan, slopes: policy.map { $0.values.map { _ in .nan } })
    }
}
