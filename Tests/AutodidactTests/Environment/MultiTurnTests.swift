import Autodidact
import Randomness
import TestSupport
import Testing

/// Counts turns, and ends after as many as it was made with; never where that is 0.
private struct CountingEnvironment: Environment {
    let turns: Int
    var taken = 0

    mutating func observe() -> String { "1A" }

    mutating func act(_ response: String) async -> EnvironmentStep {
        taken += 1
        return taken == turns ? .outcome(.correct) : .observation("\(taken)B", verdict: .wrong("turn \(taken)"))
    }
}

@Suite("Episodes of several turns")
struct MultiTurnTests {
    private let problems: [Problem] = {
        var stream = ProblemStream(LetterTask(), split: .train, key: SeedTree(root: 4))
        return stream.next(4)
    }()

    private func episodes(
        policy: ScriptedPolicy = ScriptedPolicy(), turns: @escaping @Sendable (Problem) -> Int, maximumTurns: Int = 4, perChunk: Int = 100
    ) async throws -> [[Episode]] {
        let rollouts = Rollouts(
            policy: policy, environment: { CountingEnvironment(turns: turns($0)) }, maximumTurns: maximumTurns,
            meter: PhaseMeter(clock: ManualClock()), episodesPerChunk: perChunk)
        let origins = problems.map { RolloutOrigin(weightsHash: "base", key: SeedTree(root: 1)(named: $0.id)) }
        return try await rollouts.episodes(on: problems, origins: origins, count: 3, options: SamplingOptions(maximumTokens: 3))
    }

    @Test("turns alternate, token for token, and the verdict on each turn stays with it")
    func alternation() async throws {
        let policy = ScriptedPolicy()
        for episode in try await episodes(policy: policy, turns: { _ in 3 }).joined() {
            #expect(episode.turns.map(\.role) == [.environment, .policy, .environment, .policy, .environment, .policy])
            #expect(try episode.turns[2].tokens == policy.encode("1B"))
            #expect(try episode.turns[4].tokens == policy.encode("2B"))
            #expect(episode.attempts == [.wrong("turn 1"), .wrong("turn 2"), .correct])
            #expect(episode.response == policy.decode(episode.turns[5].tokens))
            #expect(episode.attempt.turns.filter { $0.verdict != nil }.isEmpty)
        }
    }

    @Test("later turns are scored as they were sampled: after everything said before")
    func onPolicy() async throws {
        let policy = ScriptedPolicy()
        let episode = try await episodes(policy: policy, turns: { _ in 2 })[0][0]
        let context = episode.turns[..<3].flatMap(\.tokens)
        let logprobs = try await policy.logprobs(of: [ScoredSequence(context: context, targets: episode.turns[3].tokens)])
        #expect(logprobs[0] == episode.turns[3].logprobs)
    }

    @Test("episodes that end at different turns do not disturb each other, whatever the size of the chunks", arguments: [3, 6, 100])
    func differentLengths(perChunk: Int) async throws {
        let order = problems.map(\.id)
        let turns: @Sendable (Problem) -> Int = { (order.firstIndex(of: $0.id) ?? 0) + 1 }
        let groups = try await episodes(turns: turns, perChunk: perChunk)
        #expect(groups.map { $0.map { $0.turns.count / 2 } } == (1...4).map { Array(repeating: $0, count: 3) })
        #expect(groups == (try await episodes(turns: turns, perChunk: 1000)))
    }

    @Test("an environment that does not end makes its episode unscorable, not wrong")
    func endless() async throws {
        for episode in try await episodes(turns: { _ in 0 }, maximumTurns: 2).joined() {
            #expect(episode.verdict == .unscorable(reason: "the environment did not end within 2 turns"))
            #expect(episode.turns.last?.role == .policy)
        }
    }

    @Test("an episode that outgrows the policy's context ends as the policy's failure")
    func contextFull() async throws {
        let groups = try await episodes(policy: ScriptedPolicy(contextLength: 6), turns: { _ in 4 })
        for episode in groups.joined() {
            #expect(episode.turns.last?.role == .policy)
            #expect(episode.verdict.reward == 0)
        }
        #expect(groups.joined().contains { $0.verdict.feedback.contains("context of 6") })
    }

    @Test("two attempts: the request is the same whatever the first attempt was, and both are judged")
    func twoAttempts() async throws {
        let task = LetterTask()
        let problem = problems[0]
        for first in [problem.reference, "?"] {
            var environment = task.twoAttempts(problem)
            #expect(environment.observe() == problem.prompt)
            guard case .observation(let text, let verdict) = await environment.act(first) else {
                Issue.record("the first attempt ended the episode")
                continue
            }
            #expect(text == "again")
            #expect(verdict?.isCorrect == (first == problem.reference))
            let snapshot = environment
            #expect(await environment.act(problem.reference) == .outcome(.correct))
            var copy = snapshot
            guard case .outcome(let other) = await copy.act("?") else {
                Issue.record("the second attempt did not end the episode")
                continue
            }
            #expect(!other.isCorrect)
        }
    }
}

extension LetterTask {
    fileprivate func twoAttempts(_ problem: Problem) -> any Environment {
        PolicyUsage.twoAttempts(at: self, request: "again").environment(problem)
    }
}

@Suite("Episodes of two attempts")
struct TwoAttemptTests {
    @Test("one that ends before its second attempt does not count as two")
    func cutShort() {
        let problem = Problem(task: "t", canonical: "c", prompt: "p", reference: "r", level: 1)
        let completion = Completion(tokens: [1], logprobs: Logprobs([-1]), drawnLogprobs: Logprobs([-1]), stopReason: .length)
        func episode(_ turns: [Turn], _ verdict: Verdict) -> Episode {
            Episode(
                problem: problem, turns: [.environment([0])] + turns, response: "", stopReason: .length, verdict: verdict,
                origin: EpisodeOrigin(weightsHash: "", key: 0, member: 0))
        }
        let first = Turn.policy(completion, verdict: .correct)
        #expect(!episode([first], .wrong("no room")).hasTwoAttempts)
        #expect(episode([first, .environment([2]), .policy(completion)], .wrong("")).hasTwoAttempts)
        #expect(!episode([first, .environment([2]), .policy(completion)], .unscorable(reason: "")).hasTwoAttempts)
    }
}
