import Randomness
import TestSupport
import Testing

@testable import Autodidact

/// A policy of conversations: where its turn was cut off, the follow-up begins with the end of the turn.
private struct ClosingPolicy: Policy {
    let wrapped: ScriptedPolicy

    init(_ wrapped: ScriptedPolicy) { self.wrapped = wrapped }

    var name: String { wrapped.name }
    var capabilities: Set<Capability> { wrapped.capabilities }
    var contextLength: Int { wrapped.contextLength }
    var endOfTurn: TokenID? { wrapped.endOfTurn }

    func encode(_ text: String) throws -> [TokenID] { try wrapped.encode(text) }
    func decode(_ tokens: [TokenID]) -> String { wrapped.decode(tokens) }

    func followUp(to text: String, isClosed: Bool) throws -> [TokenID] {
        try (isClosed ? [] : [endOfTurn].compactMap(\.self)) + encode(text)
    }

    func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]] {
        try await wrapped.sample(requests, options: options)
    }

    func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>] {
        try await wrapped.logprobs(of: sequences)
    }
}

@Suite("Search of episodes")
struct InteractionTests {
    private let family = LetterChainTask()

    private func workshop(_ policy: ScriptedPolicy) async throws -> Workshop {
        let start = try await policy.snapshot()
        return try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: 1), family: family, start: start, base: start,
            budget: GenerationBudget(problems: 1, episodes: 1, trainedSequences: 1, optimizerSteps: 1),
            meter: PhaseMeter(clock: ManualClock()))
    }

    private func turn(_ text: String, _ policy: ScriptedPolicy) throws -> Turn {
        let completion = Completion(
            tokens: try policy.encode(text) + [try #require(policy.endOfTurn)], logprobs: Logprobs([-1, -1]),
            drawnLogprobs: Logprobs([-1, -1]),
            stopReason: .endOfText)
        return .policy(completion)
    }

    private func state(_ problem: Problem, _ actions: [String], _ policy: ScriptedPolicy) async throws -> InteractionState {
        var state = try InteractionState(problem, environment: family.environment(for: problem), policy: policy)
        for action in actions { state = try await state.after(try turn(action, policy), stopReason: .endOfText, by: policy) }
        return state
    }

    private func problem() -> Problem { Problem(task: "letter-chain", canonical: "12AB", prompt: "12A", reference: "ab", level: 1) }

    @Test("a state is a value: what is done after a copy of it leaves it where it was")
    func value() async throws {
        let policy = ScriptedPolicy()
        let start = try await state(problem(), ["c"], policy)
        let (right, wrong) = (
            try await start.after(try turn("a", policy), stopReason: .endOfText, by: policy),
            try await start.after(try turn("d", policy), stopReason: .endOfText, by: policy)
        )
        #expect(start.actions == ["c"] && start.outcome == nil)
        #expect(right.steps[1].observation == "2B")
        #expect(wrong.steps[1].observation == "2A")
        #expect(start.transcript() == "12A\nc\n1A" || start.transcript() == "12Ac\n1A")
        #expect(
            try right.tokens == policy.encode("12A") + turn("c", policy).tokens + policy.encode("1A") + turn("a", policy).tokens
                + policy.encode("2B"))
    }

    @Test("equal actions are one child, only finished episodes are scored, and they are all on record")
    func search() async throws {
        let policy = ScriptedPolicy()
        let workshop = try await workshop(policy)
        let trees = try await workshop.searchEpisodes(
            on: try await workshop.problems(6), children: 6, selection: .uct(exploration: 0.25), budget: SearchBudget(rounds: 30),
            options: SamplingOptions(maximumTokens: 3))
        var finished = 0
        for tree in trees {
            for node in tree.nodes {
                let actions = node.children.map { tree.nodes[$0].state.actions.last }
                #expect(Set(actions).count == actions.count)
                #expect((node.state.outcome != nil) == node.statistics.isTerminal)
            }
            for terminal in tree.terminals() {
                #expect(terminal.score == terminal.state.outcome?.reward)
                finished += 1
            }
        }
        #expect(finished > 20)
        let episodes = await workshop.episodes
        #expect(episodes.count == finished)
        #expect(episodes.allSatisfy { $0.turns.last?.role == .policy && $0.turns.first?.role == .environment })
        let sampled = trees.reduce(0) { $0 + $1.tokens.sampled }
        #expect(await workshop.tokensSampled >= sampled)
    }

    @Test("progress of a search tells the continuations that were sampled, of those that may be")
    func progress() async throws {
        let (policy, told) = (ScriptedPolicy(), Recorder<[Int]>())
        let start = try await policy.snapshot()
        // 4 problems × 5 rounds × 3 children; every action may end an episode.
        let budget = GenerationBudget(problems: 4, episodes: 60, searchedEpisodes: 60, continuations: 60)
        let workshop = try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: 1), family: family, start: start, base: start, budget: budget,
            meter: PhaseMeter(clock: ManualClock()),
            events: { if case .progress(.sample, let done, let total, _) = $0 { told.record([done, total]) } })
        _ = try await workshop.searchEpisodes(
            on: try await workshop.problems(4), children: 3, selection: .uct(exploration: 0.25), budget: SearchBudget(rounds: 5),
            options: SamplingOptions(maximumTokens: 3))
        let done = told.values.map { $0[0] }
        #expect(done.first == 12 && done.count > 1)  // the first round of all trees
        #expect(zip(done, done.dropFirst()).allSatisfy { $0 < $1 })
        #expect(await done.last == workshop.spent.continuations)
        #expect(told.values.allSatisfy { $0[1] == 60 })
    }

    @Test("a splice reads the bad steps, learns the turning and what follows, and is worth what its replay was")
    func splice() async throws {
        let policy = ScriptedPolicy()
        let workshop = try await workshop(policy)
        let bad = try await state(problem(), ["c", "d", "e", "f"], policy)
        let good = try await state(problem(), ["a", "b"], policy)
        #expect(bad.outcome?.reward == 0 && good.outcome?.isCorrect == true)
        let splice = try #require(try await workshop.splice(bad, steps: 1, revision: "h", with: good))
        #expect(splice.state.actions == ["c", "h", "a", "b"])
        #expect(splice.state.outcome?.isCorrect == true)
        let spans = splice.sample.spans
        #expect(spans.filter { $0.kind != .context }.map(\.kind) == [.wrong, .repair, .own, .own])
        let sequence = TrainingExample(splice.sample).sequence
        #expect(policy.decode(sequence.context).hasPrefix("12Ac"))
        #expect(sequence.targets.first == (try policy.encode("h")[0]))
        #expect(sequence.trainedTokens == 6)
    }

    @Test("a splice replays actions as they ended: the end that a cut-off one lacks is supplied again")
    func cutOffSplice() async throws {
        let policy = ClosingPolicy(ScriptedPolicy())
        let end = try #require(policy.endOfTurn)
        func cutOff(_ action: String) throws -> Completion {
            Completion(
                tokens: try policy.encode(action), logprobs: Logprobs([-1]), drawnLogprobs: Logprobs([-1]), stopReason: .length)
        }
        let start = try InteractionState(problem(), environment: family.environment(for: problem()), policy: policy)
        let bad = try await start.after(cutOff("c"), by: policy)
        let good = try await start.after(cutOff("a"), by: policy).after(cutOff("b"), by: policy)
        let splice = try #require(
            try await TrajectorySplice.replay(
                bad: bad, badSteps: 1, revision: .written("h", as: policy, isTrainable: true), good: good, from: start, by: policy))
        #expect(splice.state.actions == ["c", "h", "a", "b"] && splice.state.outcome?.isCorrect == true)
        #expect(splice.state.steps.map(\.stopReason) == [.length, .endOfText, .length, .length])
        #expect(splice.state.steps.map { $0.observed.first == end } == [true, false, true, false])
        #expect(splice.state.steps[0].observed == bad.steps[0].observed)
    }

    @Test("a splice that outgrows the context with its last turn is left out, and the others are learned")
    func longSplice() async throws {
        // Prompt 3; three steps of 2 + 2 tokens; the last turn 2: 17, one more than fits. The good episode alone has 3 + 4 + 2 = 9.
        let policy = ScriptedPolicy(contextLength: 16)
        let workshop = try await workshop(policy)
        let (bad, good) = (try await state(problem(), ["c", "d"], policy), try await state(problem(), ["a", "b"], policy))
        let splice = try #require(try await workshop.splice(bad, steps: 1, revision: "h", with: good))
        #expect(splice.state.outcome?.isCorrect == true)
        #expect(splice.sample.tokens.count == 17 && good.sample.tokens.count == 9)
        try await workshop.train(
            on: [TrainingExample(splice.sample), TrainingExample(good.sample)], objective: SupervisedFineTuning(),
            plan: TrainingPlan(sequencesPerStep: 2, optimizer: OptimizerParameters(learningRate: 0.1)))
        let metrics = await workshop.metrics
        #expect(metrics["lessons/too_long"] == 1 && metrics["train/steps"] == 1)
        #expect(await workshop.tokensTrained == 9)
    }

    @Test("a splice that comes too late fails in its replay, whatever the good episode had reached")
    func lateSplice() async throws {
        let policy = ScriptedPolicy()
        let workshop = try await workshop(policy)
        let (bad, good) = (try await state(problem(), ["c", "d", "e", "f"], policy), try await state(problem(), ["a", "b"], policy))
        let splice = try #require(try await workshop.splice(bad, steps: 2, revision: "h", with: good))
        #expect(splice.state.outcome?.reward == 0.5)
        #expect(good.outcome?.reward == 1)
    }
}
