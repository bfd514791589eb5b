import Autodidact
import Foundation
import Randomness
import Testing

@Suite("Votes")
struct VotesTests {
    let key = SeedTree(root: 2)

    @Test("the majority wins; who states no answer is in no share")
    func majority() {
        let votes = Votes(["4", nil, "5", "4", "6", "4", nil, "5"])
        #expect(votes.winner(key: key) == "4")
        #expect(votes.voters == 6 && votes.abstentions == 2)
        #expect(votes.agreement == 0.5 && votes.share(of: "5") == 2.0 / 6 && votes.share(of: "7") == 0)
        #expect(abs((votes.margin ?? 0) - 1.0 / 6) < 1e-12)
        let entropy: Double = -0.5 * log(0.5) - log(1.0 / 3) / 3 - log(1.0 / 6) / 6
        #expect(abs((votes.entropy ?? 0) - entropy) < 1e-12)
    }

    @Test("weights decide where they are given, and a weight of 0 is no vote for anything")
    func weights() {
        let votes = Votes(["a", "a", "b", "c"], weights: [0.2, 0.2, 0.6, 0])
        #expect(votes.winner(key: key) == "b")
        #expect(abs((votes.agreement ?? 0) - 0.6) < 1e-12)
        #expect(votes.ballots.map(\.answer) == ["b", "a"])
    }

    @Test("nothing was voted for", arguments: [[], [nil, nil]] as [[String?]])
    func empty(answers: [String?]) {
        let votes = Votes(answers)
        #expect(votes.winner(key: key) == nil && votes.agreement == nil && votes.margin == nil && votes.entropy == nil)
        #expect(Votes(["a"], weights: [0]).winner(key: key) == nil)
    }

    @Test("all agree: entropy 0, margin 1")
    func unanimous() {
        let votes = Votes(["a", "a"])
        #expect(votes.entropy == 0 && votes.margin == 1 && votes.agreement == 1)
    }

    @Test("ties are drawn at random by the key, never by order or count of the votes")
    func ties() {
        let answers = ["a", "b", "c", "a", "b", "c", "d"]
        var drawn: [String: Int] = [:]
        for root in 0..<3000 {
            let key = SeedTree(root: UInt64(root))
            let winner = Votes(answers).winner(key: key)
            #expect(winner == Votes(answers.reversed()).winner(key: key))
            #expect(winner == Votes(answers + ["a", "b", "c"]).winner(key: key))
            drawn[winner ?? "", default: 0] += 1
        }
        // A third of 3,000 each, with a standard deviation of 26.
        #expect(Set(drawn.keys) == ["a", "b", "c"] && drawn.values.allSatisfy { abs($0 - 1000) < 130 })
    }
}
