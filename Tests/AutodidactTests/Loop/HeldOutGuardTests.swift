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

    @Test("stops a held-out prompt that is called a target, in part or as a whole", arguments: [0, 3])
    func plantedTarget(context: Int) async throws {
        let fixture = try await WorkshopFixture()
        let problem = try await fixture.workshop.problems(1)[0]
        let tokens = try fixture.policy.encode(fixture.evaluationProblems[1].prompt + "a")
        let planted = TrainingExample(
            question: problem.question,
            sequence: TrainingSequence(context: Array(tokens[..<context]), targets: Array(tokens[context...])))
        await #expect(throws: WorkshopError.heldOutPrompt(problem: problem.id)) { try await fixture.step(on: [planted]) }
    }

    /// A way in which a recipe gets examples into a learner; each must be stopped at the training call.
    enum Path: String, CaseIterable {
        case policy, critic, pairs, spans, judgement, blind, scored
    }

    @Test("stops a leak on every path into a learner, before anything is learned", arguments: Path.allCases, [true, false])
    func paths(path: Path, isAttributed: Bool) async throws {
        let fixture = try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 512, readsAnyText: true))
        let (workshop, leak) = (fixture.workshop, fixture.evaluationProblems[0])
        let honest = try await workshop.problems(2)
        // Either the question is the held-out one, or its prompt goes under a training problem's name.
        let question = isAttributed ? leak.question : honest[1].question
        let plan = TrainingPlan(sequencesPerStep: 4, optimizer: OptimizerParameters(learningRate: 0.1))
        let context = try fixture.policy.encode(leak.prompt)
        let lesson = TrainingExample(
            question: question, sequence: TrainingSequence(context: context, targets: try fixture.policy.encode(leak.reference)))
        let before = try await fixture.policy.snapshot()
        let critic = try await workshop.copy(of: .generationStart)
        await #expect(throws: WorkshopError.self, "\(path)") {
            switch path {
            case .policy: try await workshop.train(on: [lesson], objective: SupervisedFineTuning(), plan: plan)
            case .critic: try await workshop.train(critic, on: [lesson], objective: SupervisedFineTuning(), plan: plan)
            case .pairs:
                let pair = [Float(1), 0].map { reward in
                    let spans = [Span(.context, context), Span(.own, [1, 2])]
                    return TrainingExample(SpanSample(question: question, spans: spans), group: 1, reward: reward)
                }
                let reference = try await workshop.reference(.generationStart)
                try await workshop.train(on: try await workshop.scored(pair, by: reference), objective: Pairwise(), plan: plan)
            case .spans:
                let spans = [Span(.context, context), Span(.wrong, [1]), Span(.context, [2]), Span(.repair, [3])]
                let sample = TrainingExample(SpanSample(question: question, spans: spans))
                try await workshop.train(on: [sample], objective: SupervisedFineTuning(), plan: plan)
            case .judgement:
                let probe = LabelProbe(prompt: leak.prompt + "a\nIs this correct?", labels: ["a", "b"])
                try await workshop.train(
                    critic, on: [try probe.lesson(0, about: question, for: fixture.policy)], objective: SupervisedFineTuning(), plan: plan)
            case .blind: try await workshop.blind.train(on: [lesson], objective: SupervisedFineTuning(), plan: plan)
            case .scored:
                let reference = try await workshop.reference(.base)
                let scored = try await workshop.scored([lesson], by: reference)
                try await workshop.step(
                    on: scored, objective: SupervisedFineTuning(), optimizer: OptimizerParameters(learningRate: 0.1))
            }
        }
        #expect(try await fixture.policy.snapshot() == before)
        #expect(try await critic.weightsHash == before.weightsHash)
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
