import Autodidact
import Randomness
import Testing

@Suite("Selection")
struct SelectionTests {
    static func problem(_ name: String) -> Problem {
        Problem(task: "test", canonical: name, prompt: name, reference: "", level: 1)
    }

    static func episode(_ problem: String, _ response: String, _ verdict: Verdict, member: Int) -> Episode {
        Episode(
            problem: Self.problem(problem), turns: [], response: response, stopReason: .endOfText, verdict: verdict,
            origin: EpisodeOrigin(weightsHash: "", key: 7, member: member))
    }

    /// Ten groups of 24 episodes: responses 0...5, each in four spacings; odd ones wrong, 4 unscorable.
    static let groups: [[Episode]] = (0..<10).map { p in
        (0..<24).map { member in
            let answer = member % 6
            let verdict: Verdict = answer % 2 == 1 ? .wrong("no") : answer == 4 ? .unscorable(reason: "crash") : .correct
            return episode("p\(p)", String(repeating: " ", count: member / 6) + "answer \(answer)\n", verdict, member: member)
        }
    }

    let seed = SeedTree(root: 3)

    @Test("keeps at most so many distinct correct responses of each problem", arguments: [0, 1, 2, 5])
    func distinctCorrect(perProblem: Int) {
        let kept = selectCorrect(from: Self.groups, perProblem: perProblem, seed: seed)
        #expect(kept.allSatisfy { $0.verdict.isCorrect })
        for p in 0..<10 {
            let texts = kept.filter { $0.problem.prompt == "p\(p)" }.map(\.canonicalResponse)
            #expect(texts.count == min(perProblem, 2))
            #expect(Set(texts).count == texts.count)
            #expect(texts.allSatisfy { ["answer 0", "answer 2"].contains($0) })
        }
    }

    @Test("does not depend on the order of episodes or on the other groups")
    func orderIndependence() {
        let kept = selectCorrect(from: Self.groups, perProblem: 1, seed: seed)
        #expect(selectCorrect(from: Self.groups.map { $0.reversed() }, perProblem: 1, seed: seed) == kept)
        #expect(selectCorrect(from: Array(Self.groups[4...6]), perProblem: 1, seed: seed) == Array(kept[4...6]))
        let halves = Self.groups.flatMap { [Array($0[..<9]), Array($0[9...])] }
        #expect(selectCorrect(from: halves, perProblem: 1, seed: seed) == kept)
    }

    @Test("draws among ties at random, by the seed")
    func randomTies() {
        let members = selectCorrect(from: Self.groups, perProblem: 1, seed: seed).map(\.origin.member)
        #expect(Set(members).count > 3)
        #expect(selectCorrect(from: Self.groups, perProblem: 1, seed: SeedTree(root: 4)).map(\.origin.member) != members)
        let drawn = (0..<200).flatMap { root in
            bestOfK(from: Self.groups, seed: SeedTree(root: UInt64(root))).map(\.origin.member)
        }
        // Eight tied episodes, 2,000 draws: 250 each, with a standard deviation of 15.
        for member in Set(drawn) { #expect(abs(drawn.count { $0 == member } - 250) < 75) }
        #expect(Set(drawn).count == 8)
    }

    @Test("the best of K has the highest reward; unscorable episodes are never best")
    func best() {
        let group = [
            Self.episode("p", "a", .wrong(score: 0.2, feedback: ""), member: 0),
            Self.episode("p", "b", .unscorable(reason: "x"), member: 1),
            Self.episode("p", "c", .wrong(score: 0.6, feedback: ""), member: 2),
        ]
        #expect(bestOfK(from: [group, [group[1]], []], seed: seed).map(\.response) == ["c"])
    }
}
