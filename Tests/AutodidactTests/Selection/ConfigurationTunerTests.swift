import Autodidact
import Randomness
import Testing

@Suite("Tuning temperature and threshold")
struct ConfigurationTunerTests {
    /// Samples of ten problems: rewards between −0.2 and 1.2 that say something about what is right, some texts twice.
    static func samples(seed: UInt64, noise: Double = 0.5) -> [[ScoredResponse]] {
        var generator = SeedTree(root: seed)("tuner").generator
        return (0..<10).map { problem in
            (0..<16).map { member in
                let isCorrect = generator.uniform() < 0.2 + 0.05 * Double(problem)
                let reward = (isCorrect ? 1 : 0) * (1 - noise) + noise * generator.uniform() + 0.4 * generator.uniform() - 0.2
                return ScoredResponse(
                    text: "\(isCorrect) \(generator.index(below: 8))", reward: reward, isCorrect: isCorrect,
                    member: member)
            }
        }
    }

    static func ranked(_ samples_P: [[ScoredResponse]]) -> [RankedResponses] {
        samples_P.enumerated().map { RankedResponses($1, key: SeedTree(root: 1)("problem", $0)) }
    }

    /// The paper's search, written out without the shortcuts of ranking.
    static func naive(_ samples_P: [[ScoredResponse]], thresholds: [Double], target: Int, wanted: Int) -> Double {
        thresholds.map { threshold in
            let passing_P = samples_P.map { samples in
                Dictionary(grouping: samples.filter { $0.reward > threshold }, by: \.text).values
                    .map { same in same.max { $0.reward < $1.reward } ?? same[0] }
                    .sorted { $0.reward > $1.reward }
            }
            var cap = 1
            while cap < 16, passing_P.reduce(0, { $0 + min($1.count, cap) }) < target { cap += 1 }
            return passing_P.map { passing in
                let kept = passing.prefix(cap)
                let (n, correct) = (Double(kept.count), Double(kept.count(where: \.isCorrect)))
                return n == 0 ? 0 : min(correct / Double(wanted), 1) * (correct / n)
            }.reduce(0, +) / 10
        }.max() ?? 0
    }

    @Test("ranks different texts by their best reward and keeps the beginning above a threshold")
    func ranking() {
        let responses = [("a", 0.5), ("b", 0.9), ("a", 0.7), ("c", 0.2), ("d", .nan)].enumerated().map {
            ScoredResponse(text: $1.0, reward: $1.1, isCorrect: false, member: $0)
        }
        let ranked = RankedResponses(responses, key: SeedTree(root: 1))
        #expect(ranked.responses.map(\.text) == ["b", "a", "c"] && ranked.responses.map(\.member) == [1, 2, 3])
        #expect(ranked.kept(above: 0.2, cap: 9).map(\.text) == ["b", "a"])
        #expect(ranked.kept(above: -1, cap: 1).map(\.text) == ["b"])
        #expect(ranked.kept(above: 0.9, cap: 9).isEmpty)
        #expect(RankedResponses(responses.reversed(), key: SeedTree(root: 1)) == ranked)
    }

    @Test("ties between texts are drawn by the key, not by the order of sampling")
    func ties() {
        let responses = (0..<6).map { ScoredResponse(text: "\($0)", reward: 1, isCorrect: true, member: $0) }
        let first = (0..<60).map { RankedResponses(responses, key: SeedTree(root: $0)).responses[0].text }
        #expect(Set(first).count == 6)
        #expect(first == (0..<60).map { RankedResponses(responses.shuffled(), key: SeedTree(root: $0)).responses[0].text })
    }

    @Test("the balance score by hand")
    func balance() {
        let kept = [true, true, false, true].enumerated().map {
            ScoredResponse(text: "\($0)", reward: 1, isCorrect: $1, member: $0)
        }
        #expect(balanceScore(of: kept, target: 4) == 0.75 * 0.75)
        #expect(balanceScore(of: kept, target: 2) == 0.75)
        #expect(balanceScore(of: kept.prefix(2), target: 4) == 0.5)
        #expect(balanceScore(of: kept.prefix(0), target: 4) == 0)
    }

    @Test("the smallest cap reaches the target, or keeps all that passes")
    func caps() {
        let ranked = Self.ranked(Self.samples(seed: 1))
        for target in [1, 10, 25, 40, 1000] {
            let cap = smallestCap(reaching: target, in: ranked, above: 0.3)
            let kept = { (cap: Int) in ranked.reduce(0) { $0 + $1.kept(above: 0.3, cap: cap).count } }
            #expect(kept(cap) >= target || kept(cap) == kept(100))
            #expect(cap == 1 || kept(cap - 1) < target)
        }
        #expect(smallestCap(reaching: 5, in: ranked, above: 9) == 1)
    }

    @Test("finds the same best balance as the search written out", arguments: 1...6 as ClosedRange<UInt64>, [1.0, 3, 6])
    func againstNaive(seed: UInt64, kept: Double) {
        let samples = Self.samples(seed: seed)
        let tuner = ConfigurationTuner(keptPerProblem: kept)
        let choice = tuner.choice(for: Self.ranked(samples)) { kept_P in meanOverProblems(kept_P) { balanceScore(of: $0, target: 4) } }
        let naive = Self.naive(samples, thresholds: tuner.thresholds, target: Int(kept * 10), wanted: 4)
        #expect(abs(choice.value - naive) < 1e-12 && choice.value > 0)
    }

    @Test("prefers the configuration whose rewards tell right from wrong; of equal values the first")
    func best() {
        let value: ([ArraySlice<ScoredResponse>]) -> Double = { kept_P in meanOverProblems(kept_P) { balanceScore(of: $0, target: 4) } }
        let tuner = ConfigurationTuner(keptPerProblem: 4)
        let (noisy, clear) = (Self.ranked(Self.samples(seed: 2, noise: 1)), Self.ranked(Self.samples(seed: 2, noise: 0)))
        let best = tuner.best(of: [noisy, clear, clear], value: value)
        #expect(best?.probe == 1)
        #expect(best?.choice == tuner.choice(for: clear, value: value))
        #expect(tuner.best(of: [], value: value) == nil)
        let flat = ConfigurationTuner(thresholds: [-1, 0, 1], keptPerProblem: 2).choice(for: clear) { _ in 0.5 }
        #expect(flat.threshold == -1)
    }
}
