import Autodidact
import Randomness
import TaskLibrary
import TestSupport
import Testing

@testable import Recipes

/// Three by four: start 12, key 20, door 03, walls 01 and 11.
private let problem = Problem(
    task: "keydoor", canonical: "3x4;12;20;03;01 11", prompt: "keydoor key 20 door 03 walls 01 11\n12 udr\n",
    reference: "3x4;12;20;03;01 11", level: 1)

/// Ten actions to the exit.
private let short = ["down", "left", "left", "take", "right", "right", "up", "up", "right", "open"]
/// Ten as well, by the other column.
private let other = ["down", "left", "left", "take", "right", "right", "right", "up", "up", "open"]
/// Twelve, of which two lead up and back.
private let detour = ["up", "down"] + short
/// Twelve, of which the third and fourth lead back and forth.
private let hesitant = ["down", "left", "right", "left"] + short.dropFirst(2)
/// Fourteen: all that there are.
private let latest = ["up", "down", "up", "down"] + short
/// Against the wall, up to the cap.
private let stuck = Array(repeating: "left", count: 14)
/// To the key, then nothing but taking it, up to the cap.
private let greedy = ["down", "left", "left"] + Array(repeating: "take", count: 11)

/// The interaction in which these actions were taken.
private func state(_ actions: [String]) async throws -> InteractionState {
    let policy = SpellingPolicy()
    var state = try InteractionState(problem, environment: KeydoorFamily().environment(for: problem), policy: policy)
    for action in actions {
        state = try await state.after(try .written(action, as: policy, isTrainable: false), stopReason: .endOfText, by: policy)
    }
    return state
}

/// A tree of ends below its root, the first of which is node 1.
private func tree(_ episodes: [[String]], key: UInt64 = 1) async throws -> SearchTree<InteractionState> {
    var options: [SearchOption<InteractionState>] = []
    for actions in episodes { options.append(SearchOption(state: try await state(actions), isTerminal: true)) }
    let (ends, root) = (options, try await state([]))
    let search = TreeSearch<InteractionState>(
        selection: .uct(exploration: 0.25), width: .fixed(max(1, ends.count), childrenPerVisit: max(1, ends.count)),
        weights: CriticWeights(value: 0, outcome: 1, reward: 0), budget: SearchBudget(rounds: 1))
    return try await search.run([SearchTree(root: root, key: SeedTree(root: key))]) { requests in
        requests.map { _ in ends }
    } evaluate: { requests in
        requests.map { $0.state.outcome?.reward.map { NodeEvaluation(outcome: $0) } }
    }[0]
}

/// The recipe with the miniature's settings but these.
private func recipe(_ change: (inout AgentR.Settings) -> Void = { _ in }) -> AgentR {
    var settings = AgentR.Settings()
    change(&settings)
    return AgentR(settings: settings)
}

@Suite("Agent-R's bad episodes and their counterparts")
struct AgentRPairTests {
    @Test("a bad episode comes with all that pass it by more than the gap and reach the bar, in the order in which they were found")
    func pairs() async throws {
        // Scores 0, 1, 0.5 and 1.
        let grown = try await tree([stuck, short, greedy, detour])
        func found(gap: Double, bar: Double) -> [[String]: [[String]]] {
            let failures = recipe { $0.scoreGap = gap }.drawnFailures(in: grown, bar: bar)
            return Dictionary(uniqueKeysWithValues: failures.map { ($0.bad.actions, $0.good.map(\.state.actions)) })
        }
        #expect(found(gap: 0.2, bar: 0.5) == [stuck: [short, greedy, detour], greedy: [short, detour]])
        #expect(found(gap: 0.2, bar: 1) == [stuck: [short, detour], greedy: [short, detour]])
        // A difference of exactly the gap is none.
        #expect(found(gap: 0.5, bar: 0.5) == [stuck: [short, detour]])
        #expect(found(gap: 1, bar: 0.5).isEmpty)
    }

    @Test("of more bad episodes than are tried some are drawn, by the tree's key")
    func drawn() async throws {
        var firsts: Set<[String]> = []
        for key in 1...20 as ClosedRange<UInt64> {
            let grown = try await tree([stuck, short, greedy], key: key)
            let all = recipe().drawnFailures(in: grown, bar: 1).map(\.bad.actions)
            #expect(Set(all) == [stuck, greedy])
            #expect(recipe { $0.failuresPerProblem = 1 }.drawnFailures(in: grown, bar: 1).map(\.bad.actions) == [all[0]])
            firsts.insert(all[0])
        }
        #expect(firsts == [stuck, greedy])
    }

    @Test("a tree without a good or without a bad episode has no failures", arguments: [[stuck, stuck], [short, other], []])
    func none(episodes: [[String]]) async throws {
        #expect(recipe().drawnFailures(in: try await tree(episodes), bar: 1).isEmpty)
    }

    /// What the good episode is that a bad one is continued with.
    private func counterpart(_ bad: [String], leftAfter steps: Int, of episodes: [[String]]) async throws -> [String]? {
        let good = try await tree(episodes).terminals()
        return recipe().counterpart(of: (bad: try await state(bad), good: good), leftAfter: steps)?.state.actions
    }

    @Test("the counterpart shares most of the way up to where the bad one is left")
    func counterpart() async throws {
        let lost = ["up", "down", "down", "left", "up", "up"]
        // `detour` goes along for four steps, the others for none.
        #expect(try await counterpart(lost, leftAfter: 6, of: [short, detour, latest]) == detour)
        #expect(try await counterpart(lost, leftAfter: 1, of: [short, detour]) == detour)
        #expect(try await counterpart(lost, leftAfter: 6, of: []) == nil)
    }

    @Test("of counterparts that share as much the shortest is taken, of those the first that was found")
    func ties() async throws {
        let back = ["down", "left", "right", "right"]
        // Two steps are shared with `short` and `other`, three with `hesitant`.
        #expect(try await counterpart(back, leftAfter: 4, of: [short, hesitant]) == hesitant)
        #expect(try await counterpart(back, leftAfter: 2, of: [hesitant, short]) == short)
        #expect(try await counterpart(back, leftAfter: 2, of: [hesitant, other, short]) == other)
        #expect(try await counterpart(back, leftAfter: 2, of: [hesitant, short, other]) == short)
        // Where nothing is left to share, only length counts.
        #expect(try await counterpart(back, leftAfter: 0, of: [latest, detour, short]) == short)
    }
}

@Suite("Where Agent-R leaves a bad episode")
struct AgentRLeavingTests {
    /// Five actions, no two neighbours alike.
    private static let wandering = ["down", "left", "up", "right", "take"]

    @Test(
        "is brought forward until the revision and the good rest fit, and never before the first step",
        arguments: [
            // Two shared: eight steps of `short` are left, and 5 + 1 + 8 = 14.
            (13, ["down", "left", "right"], short, 14, 5), (13, ["down", "left", "right"], short, 12, 3),
            (4, ["down", "left", "right"], short, 14, 4),
            // Left after one step, only that one is shared: 1 + 1 + 9 = 11.
            (1, ["down", "left", "right"], short, 14, 1),
            // Nothing shared: twelve are left, and 1 + 1 + 12 = 14; ten are left, and 3 + 1 + 10 = 14.
            (13, stuck, detour, 14, 1), (13, stuck, short, 14, 3),
            // What does not fit at all is tried after one step.
            (13, stuck, latest, 14, 1), (0, stuck, short, 14, 1),
        ] as [(Int, [String], [String], Int, Int)])
    func fitting(steps: Int, bad: [String], good: [String], turns: Int, expected: Int) async throws {
        #expect(recipe().fitting(steps, try await state(bad), try await state(good), turns: turns) == expected)
    }

    /// Where a judge would leave these episodes.
    private func points(
        of episodes: [[String]], transition: AgentR.Transition = .judged, contextLength: Int = 4096,
        goodness: @escaping @Sendable (String) -> Double
    ) async throws -> [Int?] {
        let policy = JudgingPolicy(contextLength: contextLength, goodness: goodness)
        let recipe = recipe { $0.transition = transition }
        let base = policy.snapshot()
        let workshop = try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: 1), family: KeydoorFamily(), start: base, base: base, budget: recipe.budget,
            usage: recipe.usage(of: KeydoorFamily()), meter: PhaseMeter(clock: ManualClock()))
        var states: [InteractionState] = []
        for actions in episodes { states.append(try await state(actions)) }
        return try await recipe.leavingPoints(of: states, in: workshop)
    }

    @Test("is after the first action judged bad, else before the last one, which nobody is asked about")
    func judged() async throws {
        #expect(try await points(of: [Self.wandering]) { $0 == "up" ? 0.1 : 0.9 } == [3])
        #expect(try await points(of: [Self.wandering]) { $0 == "up" || $0 == "left" ? 0.1 : 0.9 } == [2])
        #expect(try await points(of: [Self.wandering]) { _ in 0 } == [1])
        #expect(try await points(of: [Self.wandering]) { _ in 1 } == [4])
        #expect(try await points(of: [Self.wandering]) { $0 == "take" ? 0 : 1 } == [4])
        // As good as bad is not bad.
        #expect(try await points(of: [Self.wandering]) { _ in 0.5 } == [4])
        #expect(try await points(of: [Self.wandering]) { $0 == "up" ? 0.49 : 0.5 } == [3])
    }

    @Test("is found for each episode by its own answers")
    func several() async throws {
        let episodes = [["up"], Self.wandering, ["left", "up"], ["down", "down", "up", "left"]]
        #expect(try await points(of: episodes) { $0 == "up" ? 0 : 1 } == [0, 3, 1, 3])
        #expect(try await points(of: []) { _ in 1 }.isEmpty)
    }

    @Test("is unknown from the first transcript on that the judge cannot read, unless it said bad before")
    func unread() async throws {
        let two = LabelProbe.isGoodStep(transcript: try await state(Self.wandering).transcript(steps: 2)).prompt.count
        // Room for two steps and an answer: "good" and the end.
        #expect(try await points(of: [Self.wandering], contextLength: two + 5) { $0 == "up" ? 0 : 1 } == [nil])
        #expect(try await points(of: [Self.wandering], contextLength: two + 5) { $0 == "left" ? 0 : 1 } == [2])
        #expect(try await points(of: [Self.wandering, ["up", "down"]], contextLength: two + 5) { _ in 1 } == [nil, 1])
        #expect(try await points(of: [Self.wandering], contextLength: two + 4) { $0 == "left" ? 0 : 1 } == [nil])
    }

    @Test("is the last step but one where nobody judges", arguments: [AgentR.Transition.end, .none])
    func end(transition: AgentR.Transition) async throws {
        let episodes = [["up"], Self.wandering, stuck]
        #expect(try await points(of: episodes, transition: transition, contextLength: 64) { _ in 0 } == [0, 4, 13])
    }
}
