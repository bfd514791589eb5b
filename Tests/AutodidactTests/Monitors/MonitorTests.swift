import Autodidact
import Testing

@Suite("Monitors")
struct MonitorTests {
    static func episode(_ response: String, _ verdict: Verdict, tokens: Int = 2, member: Int = 0) -> Episode {
        let completion = Completion(
            tokens: [TokenID](repeating: 1, count: tokens), logprobs: Logprobs([Float](repeating: -0.5, count: tokens)),
            drawnLogprobs: Logprobs([Float](repeating: 0, count: tokens)), stopReason: .endOfText)
        return Episode(
            problem: Problem(task: "test", canonical: "p", prompt: "p", reference: "", level: 1),
            turns: [.environment([1, 2, 3]), .policy(completion)], response: response, stopReason: .endOfText, verdict: verdict,
            origin: EpisodeOrigin(weightsHash: "", key: 7, member: member))
    }

    static let unscorable = Verdict.unscorable(reason: "")
    static let groups = [
        [
            episode("a", .correct), episode(" a", .correct), episode("b", .correct, tokens: 5), episode("c", .wrong("")),
            episode("d", unscorable),
        ],
        [episode("a", .wrong("")), episode("b", .wrong("")), episode("c", .wrong(""), tokens: 4), episode("d", .wrong(""))],
        [episode("a", unscorable)],
    ]

    @Test("exploration counts different correct responses, and what more samples add")
    func exploration() {
        let metrics = explorationMetrics(of: Self.groups, k: 4)
        #expect(metrics["exploration/distinct_correct"] == 1)
        // First group: pass@4 = 1, pass@1 = 3/4; second: 0 and 0.
        #expect(metrics["exploration/pass_gap"] == 0.125)
        #expect(metrics["exploration/entropy"] == 0.5)
        let byText = explorationMetrics(of: Self.groups, k: 4) { $0.response }
        #expect(byText["exploration/distinct_correct"] == 1.5)
        #expect(explorationMetrics(of: [], k: 2).isEmpty)
        #expect(explorationMetrics(of: Self.groups, k: 9)["exploration/pass_gap"] == nil)
    }

    @Test("exploitation is the precision of what was selected, against the truth")
    func exploitation() {
        let selected = [Self.groups[0][0], Self.groups[0][3], Self.groups[1][0], Self.groups[2][0]]
        let metrics = exploitationMetrics(selected: selected, from: Self.groups)
        #expect(metrics["exploitation/precision"] == 1.0 / 3)
        #expect(metrics["exploitation/base_rate"] == 3.0 / 8)
        #expect(metrics["exploitation/recall"] == 1.0 / 3)
        #expect(exploitationMetrics(selected: [], from: [Self.groups[2]]).isEmpty)
    }

    @Test("lengths drift against an earlier policy's, and may pay")
    func lengths() {
        let metrics = lengthMetrics(of: Self.groups, earlier: 2)
        #expect(metrics["length/mean"] == 2.5 && metrics["length/drift"] == 0.25)
        #expect(metrics["length/correct_minus_wrong"] == 3 - 2.4)
        #expect(lengthMetrics(of: Self.groups)["length/drift"] == nil)
        #expect(lengthMetrics(of: [], earlier: 2).isEmpty)
    }

    @Test("a reward is compared with the truth, and within groups with itself")
    func rewards() {
        let metrics = rewardMetrics([[0.9, 0.7, nil, 0.3, 0.9], [0.5, 0.5, 0.5, 0.5], [1]], of: Self.groups)
        #expect(abs((metrics["reward/gap"] ?? 0) - ((0.9 + 0.7 + 0.3 + 2) / 7 - 2.0 / 7)) < 1e-12)
        #expect(metrics["reward/auroc"] == 1)
        #expect((metrics["reward/rank_correlation"] ?? 0) > 0.7)
        #expect(metrics["reward/collapsed"] == 0.5)
        let deviation = ((0.2 * 0.2 + 0 + 0.4 * 0.4 + 0.2 * 0.2) / 4).squareRoot()
        #expect(abs((metrics["reward/group_std"] ?? 0) - deviation / 2) < 1e-12)
        #expect(rewardMetrics([[nil]], of: [[Self.groups[0][0]]]).isEmpty)
    }
}
