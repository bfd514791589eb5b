import Autodidact
import Foundation
import Randomness
import Testing

@Suite("Paired comparison")
struct PairedTests {
    /// The test by definition: all sign choices, counted.
    static func enumerated(_ difference_P: [Double]) -> (greater: Double, twoSided: Double) {
        let seen = difference_P.reduce(0, +)
        let sums = (0..<(1 << difference_P.count)).map { flips in
            difference_P.enumerated().reduce(0.0) { $0 + ($1.element * (flips >> $1.offset & 1 == 1 ? -1 : 1)) }
        }
        let share = { (count: Int) in Double(count) / Double(sums.count) }
        return (share(sums.count { $0 >= seen - 1e-9 }), share(sums.count { abs($0) >= abs(seen) - 1e-9 }))
    }

    @Test("the sign-flip p-values equal the enumeration of all flips", arguments: 1...10)
    func signFlips(problems: Int) {
        var generator = SeedTree(root: 5)("flips", problems).generator
        for samples in [1, 2, 8, 7] {
            let difference_P = (0..<problems).map { _ in Double(generator.index(below: 2 * samples + 1) - samples) / Double(samples) }
            let expected = Self.enumerated(difference_P)
            #expect(abs(SignFlipTest.pGreater(difference_P) - expected.greater) < 1e-12)
            #expect(abs(SignFlipTest.pTwoSided(difference_P) - expected.twoSided) < 1e-12)
            #expect(SignFlipTest.pTwoSided(difference_P.map { -$0 }) == SignFlipTest.pTwoSided(difference_P))
        }
    }

    @Test("all problems better: p is 2 to the minus their number, also far below what random flips resolve")
    func smallest() {
        #expect(SignFlipTest.pGreater([Double](repeating: 0.125, count: 40)) == 0x1p-40)
        #expect(SignFlipTest.pTwoSided([0, 0, 0]) == 1)
        #expect(SignFlipTest.pGreater([]) == 1)
        #expect(SignFlipTest.pGreater([Double](repeating: 1, count: 3_000)) > 0)
    }

    @Test("on a grid that is not exact the p-value is close to the exact one's normal limit")
    func coarseGrid() {
        var generator = SeedTree(root: 6)("grid").generator
        let difference_P = (0..<2_000).map { _ in generator.uniform() * 2 - 0.97 }
        let z = difference_P.reduce(0, +) / difference_P.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let normal = erfc(z / 2.0.squareRoot()) / 2
        #expect(abs(SignFlipTest.pGreater(difference_P) / normal - 1) < 0.05)
    }

    @Test("McNemar's p-values equal the binomial sums", arguments: 0...12)
    func mcNemar(n: Int) {
        func choose(_ n: Int, _ k: Int) -> Double { (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) } }
        for lost in 0...n {
            let tail = (lost...n).reduce(0.0) { $0 + choose(n, $1) } / Double(1 << n)
            #expect(abs(McNemarTest.pWorse(won: n - lost, lost: lost) - tail) < 1e-12)
            let larger = (max(lost, n - lost)...n).reduce(0.0) { $0 + choose(n, $1) } / Double(1 << n)
            #expect(abs(McNemarTest.pTwoSided(won: n - lost, lost: lost) - min(1, 2 * larger)) < 1e-12)
        }
    }

    @Test("McNemar's test neither over- nor underflows at thousands of differences")
    func mcNemarLarge() {
        // P(X ≥ n/2) = (1 + P(X = n/2))/2, and P(X = n/2) ≈ 1/√(πn/2).
        let half = McNemarTest.pWorse(won: 5_000, lost: 5_000)
        #expect(abs(half - (1 + 1 / (Double.pi * 5_000).squareRoot()) / 2) < 1e-5)
        // 4.04 standard deviations with the continuity correction.
        let tail = McNemarTest.pTwoSided(won: 4_797, lost: 5_202)
        #expect(abs(tail / erfc((5_201.5 - 4_999.5) / (9_999 / 4.0).squareRoot() / 2.0.squareRoot()) - 1) < 0.01)
        #expect(McNemarTest.pTwoSided(won: 0, lost: 900) > 0)
    }

    @Test("joins problem by problem and leaves out what one side could not judge")
    func comparison() throws {
        let before = Evaluations.make(correct: [0, 4, 8, 2], judged: [8, 8, 8, 0], greedy: [false, true, nil, true])
        let after = Evaluations.make(correct: [2, 8, 8, 8], judged: [8, 8, 8, 8], greedy: [true, true, true, false])
        let comparison = try PairedComparison.between(incumbent: before, candidate: after)
        #expect(comparison.n == 3)
        #expect(abs(comparison.meanAtK.value - 0.25) < 1e-12)
        #expect(comparison.pValue == 0.5)
        #expect(comparison.won == 1 && comparison.lost == 1 && comparison.greedyDifference == 0 && comparison.mcNemarP == 1)
        let swapped = try PairedComparison.between(incumbent: after, candidate: before)
        #expect(swapped.meanAtK.value == -comparison.meanAtK.value && swapped.pValue == comparison.pValue)
    }

    @Test("an evaluation is no better than itself")
    func identity() throws {
        let result = Evaluations.make(correct: [0, 4, 8, 2], greedy: [true, nil, false, true])
        let comparison = try PairedComparison.between(incumbent: result, candidate: result)
        #expect(comparison.meanAtK == Estimate(0, low: 0, high: 0) && comparison.pValue == 1 && comparison.mcNemarP == 1)
    }

    @Test("two models that solve nothing alike differ by 0 within a bound, not for certain")
    func nothingAlike() throws {
        let nothing = [Int](repeating: 0, count: 20)
        let (first, second) = (Evaluations.make(correct: nothing, hash: "a"), Evaluations.make(correct: nothing, hash: "b"))
        let difference = try PairedComparison.between(incumbent: first, candidate: second).meanAtK
        #expect(difference.value == 0 && abs(difference.low + 0.1684) < 1e-4 && abs(difference.high - 0.1684) < 1e-4)
    }

    @Test("refuses lists that differ, naming the first difference")
    func differentProblems() {
        let a = Evaluations.make(correct: [1, 2, 3])
        #expect(throws: ComparisonError.differentProblems(index: 2, incumbent: "p2", candidate: nil)) {
            try PairedComparison.between(incumbent: a, candidate: Evaluations.make(correct: [1, 2]))
        }
        #expect(throws: ComparisonError.differentConditions(what: "temperature", incumbent: "1.0", candidate: "0.5")) {
            try PairedComparison.between(incumbent: a, candidate: Evaluations.make(correct: [1, 2, 3], temperature: 0.5))
        }
        #expect(throws: ComparisonError.nothingJudged) {
            try PairedComparison.between(incumbent: a, candidate: Evaluations.make(correct: [0, 0, 0], judged: [0, 0, 0]))
        }
    }
}
