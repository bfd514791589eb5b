import Randomness
import TestSupport
import Testing

@testable import Autodidact

@Suite("Search over texts")
struct TextSearchTests {
    /// A workshop on spelling, critics that were taught on judged rollouts, and the questions of a search.
    struct Fixture {
        let policy = SpellingPolicy()
        let workshop: Workshop
        let critic: Critic
        let questions: [Question]
        let checked: [Episode]

        init(questions count: Int = 12) async throws {
            let start = try await policy.snapshot()
            workshop = try Workshop(
                policy: policy, generation: 1, seed: SeedTree(root: 2), family: SpellingTask(), start: start, base: start,
                budget: GenerationBudget(problems: 1, episodes: 1, trainedSequences: 1, optimizerSteps: 1),
                meter: PhaseMeter(clock: ManualClock()))
            let labelled = try await workshop.problems(50)
            let groups = try await workshop.rollouts(on: labelled, samplesPerProblem: 8, options: workshop.sampling(temperature: 1))
            checked = groups.suffix(10).flatMap { $0 }
            let lessons = CriticLessons(for: policy)
            critic = try await workshop.copy(of: .base)
            let plan = TrainingPlan(epochs: 4, sequencesPerStep: 16, optimizer: OptimizerParameters(learningRate: 0.1))
            try await workshop.train(
                critic, on: try lessons.values(of: groups.dropLast(10).flatMap { $0 }, steps: .line(maximumTokens: 9)),
                objective: SupervisedFineTuning(), plan: plan)
            questions = try await workshop.problems(count).map(\.question)
        }

        func search(_ change: (inout TextSearchSettings) -> Void = { _ in }) -> TextSearch {
            var settings = TextSearchSettings()
            change(&settings)
            return TextSearch(
                source: workshop, writer: policy, valueCritic: critic, outcomeCritic: critic, settings: settings, maximumTokens: 9)
        }

        func trees(_ change: (inout TextSearchSettings) -> Void = { _ in }) async throws -> [SearchTree<TextState>] {
            try await search(change).trees(for: questions, key: SeedTree(root: 6))
        }
    }

    static func spelling(of question: Question) -> String {
        question.prompt.dropLast().map { $0.lowercased() }.joined(separator: "\n")
    }

    @Test("nodes hold the sampled tokens, one line a step, with the logprobs that the policy gives them")
    func states() async throws {
        let fixture = try await Fixture()
        for tree in try await fixture.trees() {
            #expect(tree.violations().isEmpty)
            for node in tree.nodes {
                let state = node.state
                #expect(state.steps.count == node.statistics.depth)
                #expect(fixture.policy.decode(state.responseTokens) == state.response)
                #expect(state.isFinished == node.statistics.isTerminal)
                #expect(state.steps.dropLast().allSatisfy { $0.text.hasSuffix("\n") && $0.text.count == 2 })
                if let parent = node.parent { #expect(state.steps.dropLast() == tree.nodes[parent].state.steps[...]) }
            }
            let ends = tree.terminals()
            #expect(ends.allSatisfy { $0.state.stopReason == .endOfText && $0.state.responseTokens.last == 0 })
            let states = tree.nodes.map(\.state)
            let logprobs = try await fixture.policy.logprobs(
                of: states.map { ScoredSequence(context: $0.prompt, targets: $0.responseTokens) })
            for (state, known) in zip(states, logprobs) {
                #expect(zip(state.steps.flatMap(\.logprobs.values), known.values).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
    }

    @Test("under taught critics a search finds right answers that the policy rarely writes")
    func finds() async throws {
        let fixture = try await Fixture(questions: 30)
        let trees = try await fixture.trees { $0.rounds = 40 }
        func right(_ rule: SearchAnswerRule) -> Int {
            trees.count { $0.chosen(by: rule) { $0.response }?.state.response == Self.spelling(of: $0.nodes[0].state.question) }
        }
        // The policy alone writes 8 % right.
        #expect(right(.best) >= 20, "\(right(.best))")
        #expect(right(.greedy) >= 15, "\(right(.greedy))")
        #expect(right(.weightedVote) >= right(.vote))
    }

    @Test("a tree does not depend on those beside it, nor on what critics read before")
    func independence() async throws {
        let fixture = try await Fixture(questions: 6)
        let together = try await fixture.trees()
        let search = fixture.search()
        for (question, tree) in zip(fixture.questions, together) {
            let alone = try await search.trees(for: [question], key: SeedTree(root: 6))
            #expect(alone[0].trace(\.response) == tree.trace(\.response))
        }
    }

    @Test("siblings differ, merged or not as the settings say; widths keep to their bounds")
    func settings() async throws {
        let fixture = try await Fixture()
        for tree in try await fixture.trees({ $0.widening = 100 }) {
            for node in tree.nodes.indices {
                let texts = tree.childStates(of: node).map(\.response)
                #expect(Set(texts).count == texts.count)
                #expect(texts.count <= 4)  // there are no more letters
            }
        }
        let unmerged = try await fixture.trees { ($0.minimumDistance, $0.widening, $0.minimumChildren) = (0, 0, 4) }
        #expect(
            unmerged.contains { tree in
                tree.nodes.indices.contains { node in
                    Set(tree.childStates(of: node).map(\.response)).count < tree.nodes[node].children.count
                }
            })
        let noRollouts = try await fixture.trees { ($0.rollouts, $0.outcomeWeight) = (0, 0) }
        #expect(noRollouts.allSatisfy { $0.rollouts.isEmpty && $0.tokens.rollouts == 0 })
        let enough = try await fixture.trees { ($0.rounds, $0.terminals) = (200, 3) }
        #expect(enough.allSatisfy { $0.terminals(includingRollouts: false).count == 3 })
    }

    @Test("the workshop counts the tokens that the trees do")
    func tokens() async throws {
        let fixture = try await Fixture()
        let before = (await fixture.workshop.tokensSampled, await fixture.workshop.metrics["tokens_scored"] ?? 0)
        let trees = try await fixture.trees()
        #expect(await fixture.workshop.tokensSampled - before.0 == trees.reduce(0) { $0 + $1.tokens.sampled })
        #expect(await fixture.workshop.metrics["tokens_scored"] ?? 0 - before.1 >= 0)
        let scored = (await fixture.workshop.metrics["tokens_scored"] ?? 0) - before.1
        // One critic is read as value and as outcome critic here, by a reader each.
        #expect(Int(scored) == trees.reduce(0) { $0 + $1.tokens.scored })
    }

    /// The fixture's critic with a context of so many tokens.
    private func critic(of fixture: Fixture, contextLength: Int) async throws -> SpellingPolicy {
        let critic = SpellingPolicy(contextLength: contextLength)
        try await critic.restore(try await fixture.critic.learner.snapshot())
        return critic
    }

    /// A question that asks for these letters.
    private func question(_ letters: String) -> Question {
        Problem(task: "spelling", canonical: letters, prompt: letters + "\n", reference: "", level: 1).question
    }

    @Test("a question whose answers are too long for the critics gets none, and those beside it are searched as ever")
    func unreadAnswers() async throws {
        let fixture = try await Fixture()
        // "AB" with its whole answer takes 2 + 1 + 3 + 36 + 3 = 45 tokens; "BADC" 4 + 1 + 7 + 36 + 3 = 51, without an answer 44.
        let judge = try await critic(of: fixture, contextLength: 48)
        let search = TextSearch(
            source: fixture.workshop, writer: fixture.policy, valueCritic: judge, outcomeCritic: judge, settings: TextSearchSettings(),
            maximumTokens: 9)
        let before = (sampled: await fixture.workshop.tokensSampled, scored: await fixture.workshop.metrics["tokens_scored"] ?? 0)
        let trees = try await search.trees(for: [question("AB"), question("BADC")], key: SeedTree(root: 6))
        let metrics = await fixture.workshop.metrics
        #expect(await fixture.workshop.tokensSampled - before.sampled == trees.reduce(0) { $0 + $1.tokens.sampled })
        #expect(Int((metrics["tokens_scored"] ?? 0) - before.scored) == trees.reduce(0) { $0 + $1.tokens.scored })
        // The two rollouts from the root of the long one, which may say the same.
        #expect([1, 2].contains(metrics["feedback/too_long"]))

        let alone = try await fixture.search().trees(for: [question("AB")], key: SeedTree(root: 6))
        #expect(trees[0].trace(\.response) == alone[0].trace(\.response))
        #expect(!trees[0].terminals().isEmpty)
        let unread = trees[1]
        #expect(unread.violations().isEmpty && unread.nodes.count == 1 && unread.nodes[0].isExhausted)
        #expect(unread.nodes[0].statistics.score == nil && unread.nodes[0].statistics.visits == 0)
        #expect(unread.terminals().isEmpty && unread.greedyTerminal() == nil)
        // Two rollouts of 8 tokens; the value critic read the root, with yes and with no.
        #expect(unread.tokens.rollouts == 16 && unread.tokens.scored == 44 + 43)
    }

    @Test("an end that the value critic cannot read has no score, and is no answer")
    func unreadEnds() async throws {
        let fixture = try await Fixture()
        // Three of four letters take 49 tokens, all four 51.
        let judge = try await critic(of: fixture, contextLength: 50)
        var settings = TextSearchSettings()
        (settings.rollouts, settings.outcomeWeight, settings.widening, settings.rounds) = (0, 0, 0, 60)
        let search = TextSearch(
            source: fixture.workshop, writer: fixture.policy, valueCritic: judge, outcomeCritic: judge, settings: settings,
            maximumTokens: 9)
        let tree = try await search.trees(for: [question("BADC")], key: SeedTree(root: 6))[0]
        #expect(tree.violations().isEmpty)
        #expect(tree.nodes.contains { $0.statistics.isTerminal })
        for node in tree.nodes {
            #expect((node.statistics.score == nil) == node.statistics.isTerminal)
            #expect(node.statistics.isTerminal == (node.statistics.depth == 4))
        }
        #expect(tree.terminals().isEmpty && tree.nodes[0].isExhausted)
        #expect(await fixture.workshop.metrics["feedback/too_long"] ?? 0 > 0)
    }

    @Test("a prompt without room for an answer is refused by name")
    func noRoom() async throws {
        let fixture = try await Fixture()
        let long = Problem(task: "spelling", canonical: "long", prompt: String(repeating: "A", count: 600), reference: "", level: 1)
        await #expect(throws: RolloutError.promptTooLong(problem: long.id, tokens: 600, contextLength: 512)) {
            try await fixture.search().trees(for: [long.question], key: SeedTree(root: 1))
        }
    }

    @Test("chosen answers are held against the truth, for the record alone")
    func record() async throws {
        let fixture = try await Fixture()
        let trees = try await fixture.trees()
        let best = trees.compactMap { $0.bestTerminal() }
        try await fixture.workshop.recordSelection(of: best)
        let metrics = await fixture.workshop.metrics
        let right = best.count { $0.state.response == Self.spelling(of: $0.state.question) }
        #expect(abs((metrics["exploitation/precision"] ?? .nan) - Double(right) / Double(best.count)) < 1e-12)
        #expect(metrics["selection/kept"] == Double(best.count))
        #expect(best[0].state.example.sequence.targets == best[0].state.responseTokens)
    }
}

@Suite("Lessons for critics")
struct CriticLessonsTests {
    @Test("whole responses for the outcome critic, every beginning for the value critic, unscorable ones for neither")
    func lessons() throws {
        let policy = SpellingPolicy()
        func episode(_ response: String, _ verdict: Verdict) throws -> Episode {
            var generator = SeedTree(root: 1).generator
            let problem = SpellingTask().problem(level: 1, using: &generator)
            let tokens = try policy.encode(response) + [0]
            let completion = Completion(
                tokens: tokens, logprobs: Logprobs(tokens.map { _ in 0 }), drawnLogprobs: Logprobs(tokens.map { _ in 0 }),
                stopReason: .endOfText)
            return Episode(
                problem: problem, turns: [.environment(try policy.encode(problem.prompt)), .policy(completion)], response: response,
                stopReason: .endOfText, verdict: verdict, origin: EpisodeOrigin(weightsHash: "", key: 0, member: 0))
        }
        let episodes = [
            try episode("a\nb", .correct), try episode("c\nd", .wrong("no")), try episode("x", .unscorable(reason: "crash")),
        ]
        func texts(_ examples: [TrainingExample]) -> [[String]] {
            examples.map { [policy.decode($0.sequence.context), policy.decode($0.sequence.targets)] }
        }
        let prompt = episodes[0].problem.prompt
        func asked(_ text: String) -> String { FeedbackPrompts.yesNo(prompt: prompt, response: text) }
        let lessons = CriticLessons(for: policy)
        #expect(texts(try lessons.outcomes(of: episodes)) == [[asked("a\nb"), "yes"], [asked("c\nd"), "no"]])
        #expect(
            texts(try lessons.values(of: episodes, steps: .line(maximumTokens: 9))) == [
                [asked(""), "yes"], [asked("a"), "yes"], [asked("a\nb"), "yes"], [asked(""), "no"], [asked("c"), "no"],
                [asked("c\nd"), "no"],
            ])
    }

    @Test("contrasts are as many different right as wrong responses of each problem, whatever the order of sampling")
    func contrasts() {
        func problem(_ name: String) -> Problem { Problem(task: "test", canonical: name, prompt: name, reference: "", level: 1) }
        func group(_ name: String, _ responses: [(String, Verdict)]) -> [Episode] {
            responses.enumerated().map { member, response in
                Episode(
                    problem: problem(name), turns: [], response: response.0, stopReason: .endOfText, verdict: response.1,
                    origin: EpisodeOrigin(weightsHash: "", key: 0, member: member))
            }
        }
        let groups = [
            group("hard", [("a", .wrong("no")), ("b", .wrong("no"))]), group("easy", [("a", .correct), ("b", .correct)]),
            group(
                "mixed",
                [
                    ("a", .wrong("no")), ("a", .wrong("no")), ("b", .wrong("no")), ("c", .correct), ("c ", .correct), ("d", .correct),
                    ("e", .correct), ("f", .unscorable(reason: "crash")),
                ]),
        ]
        let key = SeedTree(root: 5)
        let chosen = CriticLessons.contrasts(in: groups, perProblem: 4, key: key)
        #expect(Set(chosen.map(\.problem.prompt)) == ["mixed"])
        #expect(chosen.count == 4 && chosen.count { $0.verdict.isCorrect } == 2)
        #expect(Set(chosen.map(\.canonicalResponse)).count == 4)
        #expect(CriticLessons.contrasts(in: groups, perProblem: 1, key: key).count == 2)
        let again = CriticLessons.contrasts(in: groups.map { $0.reversed() }, perProblem: 4, key: key)
        #expect(again.map(\.canonicalResponse) == chosen.map(\.canonicalResponse))
    }

    @Test("what a critic cannot read is no part of what it is worth")
    func unreadEpisodes() async throws {
        let fixture = try await TextSearchTests.Fixture()
        // All whole answers take 51 tokens.
        let judge = SpellingPolicy(contextLength: 50)
        let reading = try await fixture.workshop.reading(of: judge, on: [fixture.checked])
        #expect(reading.certainty.probabilities.isEmpty && reading.pairAccuracy == nil)
        try await fixture.workshop.recordCritic(judge, on: [fixture.checked])
        #expect(await fixture.workshop.metrics["certainty/auroc"] == nil)
        // Each is read once by either call.
        #expect(await fixture.workshop.metrics["feedback/too_long"] == Double(2 * fixture.checked.count))
    }

    @Test("a critic is tried by reading each response once")
    func readOnce() async throws {
        let fixture = try await TextSearchTests.Fixture()
        let before = await fixture.workshop.spent.probeSequences
        try await fixture.workshop.recordCritic(fixture.critic, on: [fixture.checked])
        #expect(await fixture.workshop.spent.probeSequences - before == fixture.checked.count * LabelProbe.labelsOfTwo)
        let metrics = await fixture.workshop.metrics
        #expect(metrics["certainty/auroc"] != nil && metrics["critic/pair_accuracy"] != nil)
    }

    @Test("a taught critic tells right from wrong on episodes it has not seen")
    func certainty() async throws {
        let fixture = try await TextSearchTests.Fixture()
        let groups = Dictionary(grouping: fixture.checked, by: \.problem.id).values.map { $0 }
        let known = try await fixture.workshop.reading(of: fixture.critic, on: groups)
        #expect(known.certainty.probabilities.count == fixture.checked.count)
        #expect(try #require(known.certainty.auroc) > 0.9 && #require(known.pairAccuracy) > 0.9)
        let untaught = try await fixture.workshop.reading(of: fixture.policy, on: groups)
        #expect(untaught.certainty.auroc == 0.5 && untaught.pairAccuracy == 0.5)
        let right = [groups[0].filter(\.verdict.isCorrect)]
        #expect(try await fixture.workshop.reading(of: fixture.policy, on: right).pairAccuracy == nil)
    }
}
