import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("Rollouts")
struct RolloutsTests {
    private let problems: [Problem] = {
        var stream = ProblemStream(LetterTask(), split: .train, key: SeedTree(root: 4))
        return stream.next(9)
    }()

    private func episodes(perChunk: Int, policy: ScriptedPolicy = ScriptedPolicy()) async throws -> [[Episode]] {
        let rollouts = Rollouts(
            policy: policy, environment: { LetterTask().environment(for: $0) }, maximumTurns: 1, meter: PhaseMeter(clock: ManualClock()),
            episodesPerChunk: perChunk
        )
        let origins = problems.map { RolloutOrigin(weightsHash: "base", key: SeedTree(root: 1)(named: $0.id)) }
        return try await rollouts.episodes(
            on: problems, origins: origins, count: 4, options: SamplingOptions(maximumTokens: 4)
        )
    }

    @Test("the size of the chunks cannot be seen in the result", arguments: [1, 5, 8, 36])
    func chunks(perChunk: Int) async throws {
        #expect(try await episodes(perChunk: perChunk) == episodes(perChunk: 1000))
    }

    @Test("episodes stand in the order of problems and samples, each with the verdict on its own response")
    func order() async throws {
        let groups = try await episodes(perChunk: 1000)
        #expect(groups.map { $0[0].problem } == problems)
        for group in groups {
            #expect(group.map(\.origin.member) == [0, 1, 2, 3])
            for episode in group {
                #expect(episode.verdict.isCorrect == (episode.response == episode.problem.reference))
                #expect(try ScriptedPolicy().encode(episode.problem.prompt) == episode.turns[0].tokens)
            }
        }
    }

    @Test("a prompt that leaves no room for a response is an error that names the problem")
    func promptTooLong() async throws {
        let error = RolloutError.promptTooLong(problem: problems[0].id, tokens: 5, contextLength: 5)
        await #expect(throws: error) { try await episodes(perChunk: 8, policy: ScriptedPolicy(contextLength: 5)) }
    }

    @Test("an episode becomes a training example token for token, with loss on the policy's turns only")
    func trainingExample() {
        let turn = { (tokens: [TokenID], logprobs: [Float]) in
            Turn.policy(
                Completion(tokens: tokens, logprobs: Logprobs(logprobs), drawnLogprobs: Logprobs(logprobs), stopReason: .endOfText)
            )
        }
        let episode = Episode(
            problem: problems[0], turns: [.environment([1, 2]), turn([3, 4], [-1, -2]), .environment([5]), turn([6], [-3])],
            response: "", stopReason: .endOfText, verdict: .correct, origin: EpisodeOrigin(weightsHash: "base", key: 1, member: 0)
        )
        let example = TrainingExample(episode, advantage: 0.5, group: 7)
        #expect(example.sequence.context == [1, 2])
        #expect(example.sequence.targets == [3, 4, 5, 6])
        #expect(example.sequence.mask == [true, true, false, true])
        #expect(example.sequence.behavior?.values == [-1, -2, 0, -3])
        #expect(example.sequence.advantages == [0.5, 0.5, 0, 0.5])
        #expect(example.sequence.group == 7)
    }
}
