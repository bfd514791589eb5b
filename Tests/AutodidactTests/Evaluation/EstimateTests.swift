import Autodidact
import Foundation
import Randomness
import Testing

@Suite("Estimates of one evaluation")
struct EstimateTests {
    @Test("mean@k is the mean over judged problems of the share of correct samples")
    func meanAtK() {
        let result = Evaluations.make(correct: [8, 0, 2, 0], judged: [8, 8, 4, 0])
        let estimate = result.meanAtK()
        #expect(abs(estimate.value - 0.5) < 1e-12)
        #expect(estimate.low >= 0 && estimate.low < 0.5 && estimate.high > 0.5 && estimate.high <= 1)
        #expect(result.meanAtK() == estimate)
    }

    @Test("pass@k counts the subsets that hold a correct sample", arguments: 1...6)
    func passAtK(n: Int) {
        for c in 0...n {
            for k in 1...n {
                let subsets = (0..<(1 << n)).filter { $0.nonzeroBitCount == k }
                let passing = subsets.count { $0 & ((1 << c) - 1) != 0 }
                #expect(abs(passProbability(correct: c, of: n, draws: k) - Double(passing) / Double(subsets.count)) < 1e-12)
            }
        }
    }

    @Test("pass@1 is mean@k; pass@k grows with k and is finite for many samples")
    func passOrder() {
        let result = Evaluations.make(correct: [1, 3, 0, 8])
        #expect(abs(result.passAt(1).value - result.meanAtK().value) < 1e-12)
        #expect(zip(1..<8, 2...8).allSatisfy { result.passAt($0).value <= result.passAt($1).value })
        #expect(result.passAt(8).value == 0.75)
        let large = passProbability(correct: 10, of: 20_000, draws: 1_000)
        // Close to drawing with replacement: 1 − 0.95¹⁰.
        #expect(abs(large - 0.4013) < 1e-3)
    }

    @Test("problems with too few judged samples are left out")
    func tooFewJudged() {
        #expect(Evaluations.make(correct: [3, 2], judged: [3, 8]).passAt(4).value == passProbability(correct: 2, of: 8, draws: 4))
        #expect(Evaluations.make(correct: [0, 0], judged: [0, 0]).meanAtK() == Estimate(0, low: 0, high: 1))
        #expect(Evaluations.make(correct: [], greedy: []).greedyAccuracy() == Estimate(0, low: 0, high: 1))
    }

    /// Newcombe (1998), table I: Wilson's intervals at 95 %.
    @Test(
        "Wilson's interval has the published values",
        arguments: [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
    func wilson(successes: Int, trials: Int, low: Double, high: Double) {
        let interval = wilsonInterval(successes: successes, of: trials)
        #expect(abs(interval.low - low) < 1e-4 && abs(interval.high - high) < 1e-4)
        let mirrored = wilsonInterval(successes: trials - successes, of: trials)
        #expect(abs(mirrored.low - (1 - interval.high)) < 1e-12)
    }

    @Test("greedy accuracy leaves the unscorable out")
    func greedy() {
        let result = Evaluations.make(correct: [0, 0, 0, 0], greedy: [true, nil, false, true])
        let estimate = result.greedyAccuracy()
        #expect(estimate.value == 2.0 / 3)
        let interval = wilsonInterval(successes: 2, of: 3)
        #expect(estimate.low == interval.low && estimate.high == interval.high)
    }

    @Test("normal quantiles", arguments: [(0.975, 1.959964), (0.5, 0), (0.025, -1.959964), (0.9999, 3.719016)])
    func quantiles(probability: Double, value: Double) {
        #expect(abs(normalQuantile(probability) - value) < 1e-6)
    }

    @Test("the bootstrap interval of a mean has the normal width and covers")
    func bootstrap() {
        var generator = SeedTree(root: 9)("bootstrap").generator
        var covered = 0
        for _ in 0..<200 {
            let values = (0..<100).map { _ in generator.uniform() }
            let interval = Bootstrap.interval(ofMean: values, resamples: 1_000, key: SeedTree(root: generator.next()))
            if interval.low <= 0.5 && interval.high >= 0.5 { covered += 1 }
            // 2 · 1.96 · √(1/12)/√100 = 0.113.
            #expect(interval.high - interval.low > 0.08 && interval.high - interval.low < 0.15)
        }
        // 190 expected, standard deviation 3.1.
        #expect(covered >= 178 && covered <= 200)
    }

    @Test("every value is drawn, also beyond what four draws from a word can tell apart", arguments: [3, 500, 5_000])
    func everyValue(count: Int) {
        // One value in three is 1: the interval of its share must hold 1/3 and have the binomial width.
        let interval = Bootstrap.interval(ofMean: (0..<count).map { $0 % 3 == 2 ? 1 : 0 }, resamples: 2_000)
        let share = Double(count / 3) / Double(count)
        let width = 2 * 1.96 * (share * (1 - share) / Double(count)).squareRoot()
        #expect(interval.low < share && share < interval.high)
        #expect(abs((interval.high - interval.low) / width - 1) < (count < 10 ? 0.5 : 0.1))
    }

    /// Clopper and Pearson's 95 % limits at none of n, as tables have them.
    @Test(
        "where all problems came out alike the interval is a bound with a width",
        arguments: [(1, 0.975), (10, 0.3085), (20, 0.1684), (500, 0.00735)])
    func alike(problems: Int, limit: Double) {
        let none = Evaluations.make(correct: [Int](repeating: 0, count: problems))
        let all = Evaluations.make(correct: [Int](repeating: 8, count: problems))
        for (wrong, right) in [(none.meanAtK(), all.meanAtK()), (none.passAt(8), all.passAt(8))] {
            #expect(wrong.value == 0 && wrong.low == 0 && abs(wrong.high - limit) < 1e-4)
            #expect(right.value == 1 && right.high == 1 && abs(right.low - (1 - limit)) < 1e-4)
        }
        let half = Bootstrap.interval(ofMean: [Double](repeating: 0.5, count: problems), within: 0...1)
        #expect(abs(half.low - (0.5 - limit / 2)) < 1e-4 && abs(half.high - (0.5 + limit / 2)) < 1e-4)
    }

    @Test("values that differ keep the bootstrap's interval within any range")
    func notAlike() {
        let values = (0..<50).map { Double($0 % 2) }
        #expect(Bootstrap.interval(ofMean: values, within: 0...1) == Bootstrap.interval(ofMean: values))
    }

    @Test("the bound holds its level: a share that the bound just excludes gives equal problems in a fortieth of all draws")
    func level() {
        let interval = Bootstrap.interval(ofMean: [Double](repeating: 0, count: 30), within: 0...1)
        #expect(abs(pow(1 - interval.high, 30) - 0.025) < 1e-9)
    }

    @Test("equal data give equal intervals, other data others")
    func deterministic() {
        let values = (0..<500).map { Double($0 % 9) / 8 }
        let first = Bootstrap.interval(ofMean: values)
        #expect(first == Bootstrap.interval(ofMean: values))
        #expect(first != Bootstrap.interval(ofMean: values.map { $0 * 0.999 }))
        let wider = Bootstrap.interval(ofMean: values, confidence: 0.99)
        #expect(wider.low < first.low && wider.high > first.high)
    }
}
