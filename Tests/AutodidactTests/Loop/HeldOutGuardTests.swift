import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("The held-out guard")
struct HeldOutGuardTests {
    @Test("stops a step on an example of an evaluation's split", arguments: [Split.heldOut, .sealed])
    func plantedProblem(split: Split) async throws {
        let fixture = try await WorkshopFixture()
        var stream = ProblemStream(LetterTask(), split: split, key: SeedTree(root: 3))
        let planted = stream.next(1)[0]
        let honest = try await fixture.workshop.problems(3)
        let examples = try (honest + [planted]).map { try fixture.lesson(on: $0) }
        let before = try await fixture.policy.snapshot()
        await #expect(throws: WorkshopError.heldOutLeak(problem: planted.id, split: split)) { try await fixture.step(on: examples) }
        #expect(try await fixture.policy.snapshot() == before)
    }

    @Test("stops a step on a held-out prompt under a training problem's name")
    func plantedPrompt() async throws {
        let fixture = try await WorkshopFixture()
        let problem = try await fixture.workshop.problems(1)[0]
        let planted = try fixture.lesson(on: problem, prompt: fixture.evaluationProblems[2].prompt)
        await #expect(throws: WorkshopError.heldOutPrompt(problem: problem.id)) { try await fixture.step(on: [planted]) }
    }

    @Test("stops rollouts on held-out problems")
    func plantedRollout() async throws {
        let fixture = try await WorkshopFixture()
        let planted = fixture.evaluationProblems[0]
        await #expect(throws: WorkshopError.heldOutLeak(problem: planted.id, split: .heldOut)) {
            try await fixture.workshop.rollouts(on: [planted], samplesPerProblem: 1, options: fixture.options)
        }
    }

    @Test("ends a run in which a recipe trains on what it is tested with")
    func plantedRecipe() async throws {
        let recipe = ScriptedRecipe { workshop in
            var stream = ProblemStream(LetterTask(), split: .heldOut, key: SeedTree(root: 3))
            let problem = stream.next(1)[0]
            let sequence = TrainingSequence(
                context: try workshop.policy.encode(problem.prompt), targets: try workshop.policy.encode(problem.reference)
            )
            let plan = TrainingPlan(sequencesPerStep: 1, optimizer: OptimizerParameters(learningRate: 0.1))
            try await workshop.train(
                on: [TrainingExample(question: problem.question, sequence: sequence)], objective: SupervisedFineTuning(), plan: plan
            )
        }
        let run = TestRun(recipe: recipe)
        let ledger = MemoryLedger()
        await #expect(throws: WorkshopError.self) { try await run.loop(ScriptedPolicy(), ledger).run(run.manifest) }
        #expect(await ledger.generations.isEmpty)
    }
}
