import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("What is longer than a context")
struct TooLongTests {
    /// A question of two tokens, or of more, about the labels a and b, each of which takes two with the end of the turn.
    private func probe(_ prompt: String = "1A", labels: [String] = ["a", "b"]) -> LabelProbe {
        LabelProbe(prompt: prompt, labels: labels)
    }

    /// A lesson of so many tokens on a training problem.
    private func lesson(_ question: Question, tokens: Int, group: Int = 0) -> TrainingExample {
        TrainingExample(
            question: question,
            sequence: TrainingSequence(context: [TokenID](repeating: 1, count: tokens - 1), targets: [2], group: group))
    }

    private let plan = TrainingPlan(epochs: 2, sequencesPerStep: 2, optimizer: OptimizerParameters(learningRate: 0.1))

    @Test("a probe that does not fit has no answer and is counted; those beside it are read as they would be alone")
    func probes() async throws {
        let policy = ScriptedPolicy(contextLength: 6)
        let workshop = try await WorkshopFixture(policy: policy).workshop
        // 2 + 2, 6 + 2, 4 + 2 and, with its longer label, 4 + 4 tokens.
        let probes = [probe(), probe("12345A"), probe("123B"), probe("123B", labels: ["a", "abc"])]
        let read = try await workshop.read(probes, by: policy)
        #expect(read.map { $0 != nil } == [true, false, true, false])
        let metrics = await workshop.metrics
        #expect(metrics["feedback/too_long"] == 2 && metrics["lessons/too_long"] == nil)
        // What was not read is not paid for: two labels of 4 tokens, two of 6.
        #expect(metrics["tokens_scored"] == Double(2 * 4 + 2 * 6))
        let alone = try await WorkshopFixture(policy: policy).workshop
        #expect(try await [alone.read([probes[0]], by: policy)[0], alone.read([probes[2]], by: policy)[0]] == [read[0], read[2]])
        #expect(await alone.metrics["feedback/too_long"] == nil)
    }

    @Test("no form of an answer makes a number of a probe that was not read")
    func forms() async throws {
        let policy = ScriptedPolicy(contextLength: 6)
        let workshop = try await WorkshopFixture(policy: policy).workshop
        let probes = [probe(), probe("12345A")]
        #expect(try await workshop.probability(of: probes, by: policy).map { $0 != nil } == [true, false])
        #expect(try await workshop.expectedScore(of: probes, by: policy).map { $0 != nil } == [true, false])
        #expect(try await workshop.probability(of: [probes[1]], by: policy) == [nil])
        #expect(await workshop.metrics["feedback/too_long"] == 3)
    }

    @Test("a comparison is known only where it was read in both orders")
    func comparison() async throws {
        let policy = ScriptedPolicy(contextLength: 44, readsAnyText: true)
        let workshop = try await WorkshopFixture(policy: policy).workshop
        let question = try await workshop.problems(1)[0].question
        // Prompt and line end 6, "A:" and "B:" with theirs 6, two responses with theirs 4, the question 25, a label 2: 43, or 45 with
        // "bcd".
        let said = try await workshop.preference([(question, "a", "b"), (question, "a", "bcd")], by: policy)
        #expect(said.map { $0 != nil } == [true, false])
        #expect(await workshop.metrics["feedback/too_long"] == 2)
    }

    @Test("a written score needs room for the whole number")
    func written() async throws {
        let policy = ScriptedPolicy(contextLength: 12)
        let fixture = try await WorkshopFixture(policy: policy)
        let probes = [probe("12345A"), probe("1234A"), probe("123A")]
        // With 8 tokens for the score 14, 13 and 12; what is written is a letter, and no number.
        let scores = try await fixture.workshop.blind.writtenScore(of: probes, by: policy, key: SeedTree(root: 3))
        #expect(scores == [nil, nil, 0])
        #expect(await fixture.workshop.metrics["feedback/too_long"] == 2)
        // Only what was asked is counted, and as what it is.
        #expect(await fixture.workshop.spent == GenerationBudget(writtenScores: 1))
        #expect(try await fixture.workshop.blind.writtenScore(of: [probes[0]], by: policy, key: SeedTree(root: 3)) == [nil])
    }

    @Test("a beginning that has no room to be continued has no value and is counted; a whole response has its verdict's")
    func beginnings() async throws {
        // Prompts are 5 tokens: after them there is room for one more, after a letter for none.
        let policy = ScriptedPolicy(contextLength: 6)
        let workshop = try await WorkshopFixture(policy: policy).workshop
        let problem = try await workshop.problems(1)[0]
        let prefixes = try [("", false), (problem.reference, false), (problem.reference, true)].map { text, isWhole in
            ResponsePrefix(
                problem: problem, prompt: try policy.encode(problem.prompt), tokens: try policy.encode(text), text: text, isWhole: isWhole)
        }
        let values = try await workshop.values(
            of: prefixes, samples: 3, options: SamplingOptions(maximumTokens: 4), key: SeedTree(root: 1))
        #expect(values[0] != nil && values[1] == nil && values[2] == 1)
        #expect(await workshop.metrics["feedback/too_long"] == 1)
    }

    @Test("a lesson that does not fit is left out and counted once; the others are learned as they would be without it")
    func lessons() async throws {
        let (mixed, plain) = (
            try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 8)),
            try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 8))
        )
        let questions = try await mixed.workshop.problems(4).map(\.question)
        _ = try await plain.workshop.problems(4)
        let short = [6, 8, 7].enumerated().map { lesson(questions[$0], tokens: $1) }
        let long = lesson(questions[3], tokens: 9)
        try await mixed.workshop.train(on: [short[0], long, short[1], short[2]], objective: SupervisedFineTuning(), plan: plan)
        try await plain.workshop.train(on: short, objective: SupervisedFineTuning(), plan: plan)
        #expect(try await mixed.policy.snapshot() == plain.policy.snapshot())
        let metrics = await mixed.workshop.metrics
        #expect(metrics["lessons/too_long"] == 1 && metrics["train/steps"] == 4)
        #expect(await plain.workshop.metrics["lessons/too_long"] == nil)
    }

    @Test("where no lesson fits, nothing is learned and nothing fails")
    func nothingLeft() async throws {
        let fixture = try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 8))
        let question = try await fixture.workshop.problems(1)[0].question
        let before = try await fixture.policy.snapshot()
        try await fixture.workshop.train(on: [lesson(question, tokens: 9)], objective: SupervisedFineTuning(), plan: plan)
        #expect(try await fixture.policy.snapshot() == before)
        let metrics = await fixture.workshop.metrics
        #expect(metrics["lessons/too_long"] == 1 && metrics["train/steps"] == 0)
    }

    @Test("a group that is compared is left out as a whole, for one alone cannot be compared")
    func groups() async throws {
        let fixture = try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 8))
        let question = try await fixture.workshop.problems(1)[0].question
        let examples = [(6, 0), (9, 0), (7, 1), (8, 1)].enumerated().map { place, size in
            var example = lesson(question, tokens: size.0, group: size.1)
            example.sequence.reward = Float(place)
            example.sequence.reference = Logprobs([-1])
            return example
        }
        try await fixture.workshop.train(on: examples, objective: Pairwise(), plan: plan)
        let metrics = await fixture.workshop.metrics
        #expect(metrics["lessons/too_long"] == 1)
        #expect(metrics["train/steps"] == 2)  // one for each epoch
        // Each step trains on the two sequences of the second group: 7 + 8 tokens.
        #expect(await fixture.workshop.tokensTrained == 2 * 15)
    }

    @Test("whether a probe's lesson is left out does not depend on which answer is right")
    func labels() async throws {
        let fixture = try await WorkshopFixture(policy: ScriptedPolicy(contextLength: 6))
        let question = try await fixture.workshop.problems(1)[0].question
        // 4 + 2 tokens with the one label, 4 + 4 with the other.
        let probe = probe("123A", labels: ["a", "abc"])
        let lessons = try [0, 1].map { try probe.lesson($0, about: question, for: fixture.policy) }
        try await fixture.workshop.train(on: lessons, objective: SupervisedFineTuning(), plan: plan)
        #expect(await fixture.workshop.metrics["lessons/too_long"] == 2)
    }
}
