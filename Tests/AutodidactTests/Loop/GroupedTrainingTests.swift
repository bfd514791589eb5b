import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("Training on groups")
struct GroupedTrainingTests {
    /// Notes which groups come together; compares them or not.
    struct Witness: Objective {
        let comparesGroups: Bool
        let batches: Recorder<[Int]>

        var requirements: Set<ObjectiveRequirement> { [] }

        func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
            batches.record(batch.sequences.map(\.group))
            return SupervisedFineTuning().evaluate(batch, policy: policy)
        }
    }

    @Test("groups that are compared stay in one step; others are shuffled sequence by sequence", arguments: [false, true])
    func whole(comparesGroups: Bool) async throws {
        let fixture = try await WorkshopFixture()
        let examples = try await fixture.workshop.problems(12).enumerated().flatMap { group, problem in
            try (0..<2).map { _ in
                var example = try fixture.lesson(on: problem)
                example.sequence.group = group
                return example
            }
        }
        let batches = Recorder<[Int]>()
        let plan = TrainingPlan(epochs: 2, sequencesPerStep: 5, optimizer: OptimizerParameters(learningRate: 0.01))
        try await fixture.workshop.train(
            on: examples, objective: Witness(comparesGroups: comparesGroups, batches: batches), plan: plan)
        let seen = batches.values
        #expect(seen.count == 10)
        #expect(seen.prefix(5).flatMap { $0 }.sorted() == (0..<12).flatMap { [$0, $0] })
        let isWhole = seen.allSatisfy { batch in batch.allSatisfy { group in batch.count { $0 == group } == 2 } }
        #expect(isWhole == comparesGroups)
    }

    @Test("an objective over pairs trains on a workshop's batches")
    func pairs() async throws {
        let fixture = try await WorkshopFixture()
        let problems = try await fixture.workshop.problems(8)
        let groups = try await fixture.workshop.rollouts(on: problems, samplesPerProblem: 2, options: fixture.options)
        let pairs = groups.enumerated().flatMap { group, episodes in
            PreferencePair(TrainingExample(episodes[0]), reward: 1, TrainingExample(episodes[1]), reward: 0).examples(group: group)
        }
        let reference = try await fixture.workshop.reference(.generationStart)
        let scored = try await fixture.workshop.scored(pairs, by: reference)
        try await fixture.workshop.train(
            on: scored, objective: Pairwise(),
            plan: TrainingPlan(epochs: 3, sequencesPerStep: 4, optimizer: OptimizerParameters(learningRate: 0.1)))
        let metrics = await fixture.workshop.metrics
        #expect((metrics["rewards/margins"] ?? 0) > 0)
        #expect(metrics["train/steps"] == 12)
    }

    @Test("a prefix is worth the share of its continuations that are right, a whole response its verdict")
    func prefixValues() async throws {
        let fixture = try await WorkshopFixture()
        let problem = try await fixture.workshop.problems(1)[0]
        let prompt = try fixture.policy.prompt(for: problem.prompt)
        let prefix = { (text: String, isWhole: Bool) in
            ResponsePrefix(
                problem: problem, prompt: prompt, tokens: try fixture.policy.encode(text), text: text, isWhole: isWhole)
        }
        let wrong = problem.reference == "a" ? "b" : "a"
        let values = try await fixture.workshop.values(
            of: [
                try prefix("", false), try prefix(problem.reference, false), try prefix(wrong, false),
                try prefix(problem.reference, true), try prefix(wrong, true),
            ], samples: 200, options: fixture.options, key: SeedTree(root: 1))
        // The policy knows the form of an answer and none of the letters: one in eight is right, and it nearly always stops there.
        #expect(values[0].map { abs($0 - 0.12) < 0.08 } == true)
        #expect(values[1].map { $0 > 0.8 } == true)
        #expect(values[2] == 0 && values[3] == 1 && values[4] == 0)
        #expect(await fixture.workshop.tokensSampled > 600)
    }

    @Test("an episode's prefixes end with its steps")
    func prefixes() async throws {
        let fixture = try await WorkshopFixture()
        let problems = try await fixture.workshop.problems(1)
        let episode = try await fixture.workshop.rollouts(on: problems, samplesPerProblem: 1, options: fixture.options)[0][0]
        let decode = { fixture.policy.decode($0) }
        let prefixes = ResponsePrefix.all(of: episode, by: StepSegmenter(boundaries: [], maximumTokens: 1), decode: decode)
        #expect(prefixes.last?.text == episode.response && prefixes.last?.isWhole == true)
        #expect(prefixes.dropLast().allSatisfy { !$0.isWhole && episode.response.hasPrefix($0.text) })
        #expect(prefixes.allSatisfy { $0.prompt == episode.turns[0].tokens })
    }
}
