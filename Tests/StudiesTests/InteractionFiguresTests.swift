import Autodidact
import TaskLibrary
import TestSupport
import Testing

@testable import Studies

@Suite("Figures of interactions")
struct InteractionFiguresTests {
    /// Three by four: start 12, key 20, door 03, walls 01 and 11.
    private static let problem = Problem(
        task: "keydoor", canonical: "3x4;12;20;03;01 11", prompt: "keydoor key 20 door 03 walls 01 11\n12 udr\n",
        reference: "3x4;12;20;03;01 11", level: 1)

    /// Ten actions to the exit, no place twice with the same belongings.
    private static let way = ["down", "left", "left", "take", "right", "right", "up", "up", "right", "open"]
    /// Against the wall, up to the cap.
    private static let stuck = Array(repeating: "left", count: 14)
    /// To the key, then nothing but taking it, up to the cap.
    private static let greedy = ["down", "left", "left"] + Array(repeating: "take", count: 11)

    /// The interaction in which these actions were taken.
    private func state(_ actions: [String]) async throws -> InteractionState {
        let policy = SpellingPolicy()
        var state = try InteractionState(Self.problem, environment: KeydoorFamily().environment(for: Self.problem), policy: policy)
        for action in actions {
            state = try await state.after(try .written(action, as: policy, isTrainable: false), stopReason: .endOfText, by: policy)
        }
        return state
    }

    @Test("of no episodes are 0")
    func none() {
        let figures = InteractionFigures([])
        #expect(figures.success == 0 && figures.score == 0 && figures.loopRate == 0 && figures.turns == 0)
    }

    @Test("of one way to the exit are those of success, without a loop")
    func solved() async throws {
        let figures = InteractionFigures([try await state(Self.way)])
        #expect(figures.success == 1 && figures.score == 1 && figures.loopRate == 0 && figures.turns == 10)
    }

    @Test("of an episode that hits the wall to the cap: every action but the first is a repetition")
    func stuck() async throws {
        let figures = InteractionFigures([try await state(Self.stuck)])
        #expect(figures.success == 0 && figures.score == 0 && figures.turns == 14)
        #expect(figures.loopRate == 13.0 / 14)
    }

    @Test("count partial credit in the score alone")
    func partial() async throws {
        // Without and with the key are two states: the first two of eleven times that it is taken are new.
        let figures = InteractionFigures([try await state(Self.greedy)])
        #expect(figures.success == 0 && figures.score == 0.5 && figures.turns == 14)
        #expect(figures.loopRate == 9.0 / 14)
    }

    @Test("are means over episodes, the loop rate over all steps together")
    func means() async throws {
        let figures = InteractionFigures([try await state(Self.way), try await state(Self.stuck), try await state(Self.greedy)])
        #expect(abs(figures.success - 1.0 / 3) < 1e-12 && abs(figures.score - 0.5) < 1e-12)
        #expect(abs(figures.turns - 38.0 / 3) < 1e-12 && abs(figures.loopRate - 22.0 / 38) < 1e-12)
    }

    @Test("take coming back to the beginning for coming back, and an episode without an end for a failure")
    func beginning() async throws {
        let figures = InteractionFigures([try await state(["up", "down", "up"])])
        #expect(figures.success == 0 && figures.score == 0 && figures.turns == 3)
        #expect(abs(figures.loopRate - 1.0 / 3) < 1e-12)
    }

    @Test("take a place with the key for another state than the place without it")
    func belongings() async throws {
        // The second `left` at 21 is a repetition; `right` at 20 is none, as the key has been taken in between.
        let figures = InteractionFigures([try await state(["down", "left", "left", "right", "left", "take", "right"])])
        #expect(abs(figures.loopRate - 1.0 / 7) < 1e-12)
    }

    @Test("blame nobody for forced actions, and the policy for repeating them", arguments: [(1, 0.5), (2, 1), (3, 0), (4, 0)])
    func forced(count: Int, loopRate: Double) async throws {
        let figures = InteractionFigures([try await state(["up", "down", "up"])], forced: count)
        #expect(figures.loopRate == loopRate && figures.turns == 3)
    }
}

@Suite("Episodes with a forced beginning")
struct ForcedEpisodesTests {
    private static let letters = "abcdefgh".map(String.init)

    /// Episodes in the letter environment, and the tokens that making them was charged with.
    private func episodes(forced: Int, seed: UInt64 = 1) async throws -> (states: [InteractionState], tokens: StudyTokens) {
        let (bench, family) = (try await StudyBench.alone(ScriptedPolicy(), seed: seed), LetterChainTask())
        let states = try await bench.episodes(
            on: try bench.problems(40, of: family), of: family, afterForced: forced, actions: Self.letters,
            options: bench.sampling(family, temperature: 1))
        return (states, bench.tokens)
    }

    @Test("are the same for every seed, and all come to an end")
    func deterministic() async throws {
        let first = try await episodes(forced: 2).states
        #expect(first.count == 40 && first.allSatisfy { $0.outcome != nil && (2...4).contains($0.steps.count) })
        #expect(try await episodes(forced: 2, seed: 9).states.map(\.actions) == first.map(\.actions))
        #expect(Set(first.map { $0.actions[0] }).count > 4)
    }

    @Test("keep forced actions out of training and out of the count of tokens", arguments: [0, 1, 3])
    func bookkeeping(forced: Int) async throws {
        let (states, tokens) = try await episodes(forced: forced)
        #expect(states.allSatisfy { $0.steps.prefix(forced).allSatisfy { !$0.turn.isTrainable && $0.turn.logprobs == nil } })
        #expect(states.allSatisfy { $0.actions.prefix(forced).allSatisfy { Self.letters.contains($0) } })
        let own = states.flatMap { $0.steps.dropFirst(forced) }
        #expect(own.allSatisfy { $0.turn.isTrainable && $0.turn.logprobs?.count == $0.turn.tokens.count })
        #expect(!own.isEmpty && tokens.evaluated == own.reduce(0) { $0 + $1.turn.tokens.count } && tokens.sampled == 0)
    }
}
