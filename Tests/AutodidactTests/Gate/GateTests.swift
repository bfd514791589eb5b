import Autodidact
import Randomness
import Testing

@Suite("Gate")
struct GateTests {
    /// Chances of 400 problems that a policy solves at 0.25 on average, many of them never, plus a shift.
    static func chances(_ problems: Int, shift: Double = 0) -> [Double] {
        (0..<problems).map { i in
            let u = (Double(i) + 0.5) / Double(problems)
            return min(1, max(0, 4.0 / 3 * u * u * u * u * 1.25 * (1 - 0.2 * u) - 0.02 + shift))
        }
    }

    static func evaluations(shift: Double, problems: Int = 400, seed: Int = 1) -> (EvaluationResult, EvaluationResult) {
        var generator = SeedTree(root: 11)("gate", seed).generator
        return (
            Evaluations.draw(chances(problems), using: &generator), Evaluations.draw(chances(problems, shift: shift), using: &generator)
        )
    }

    @Test("promotes what is clearly better, with the figures")
    func promotes() throws {
        let (before, after) = Self.evaluations(shift: 0.08)
        let decision = try Gate().decide(incumbent: before, candidate: after, look: 1)
        #expect(decision.outcome == .promoted)
        let difference = decision.comparison.meanAtK
        #expect(difference.low > 0 && difference.low < difference.value && difference.value < difference.high)
        #expect(decision.reason.hasPrefix("better: mean@8 "))
        #expect(decision.reason.contains(" at level 0.03 of look 1; greedy "))
    }

    @Test("rolls back what is worse, equal or the same", arguments: [-0.08, 0])
    func rollsBack(shift: Double) throws {
        let (before, after) = Self.evaluations(shift: shift)
        let decision = try Gate().decide(incumbent: before, candidate: after, look: 1)
        #expect(decision.outcome == .rolledBack)
        // The minus of the reports, so that a log line and a page can be compared.
        #expect(!decision.reason.contains(/-[0-9]/) && (shift == 0 || decision.reason.contains("difference −")))
        let same = try Gate().decide(incumbent: before, candidate: before, look: 1)
        #expect(same.outcome == .rolledBack)
        #expect(same.reason.contains("difference +0.0 points [0.0, 0.0] on 400 problems, one-sided p = 1 at level 0.03 of look 1"))
    }

    @Test("needs more than the minimum improvement")
    func minimumImprovement() throws {
        let (before, after) = Self.evaluations(shift: 0.08)
        let gate = Gate(settings: GateSettings(minimumImprovement: 0.12))
        let decision = try gate.decide(incumbent: before, candidate: after, look: 1)
        #expect(decision.outcome == .rolledBack)
        #expect(decision.reason.contains("for more than +12.0 points"))
    }

    @Test("refuses a candidate that lost greedy answers, unless told not to care")
    func greedy() throws {
        let correct = (0..<100).map { $0 % 5 }
        let before = Evaluations.make(correct: correct, greedy: (0..<100).map { $0 < 30 })
        let after = Evaluations.make(correct: correct.map { $0 + 2 }, greedy: (0..<100).map { $0 < 10 })
        let decision = try Gate().decide(incumbent: before, candidate: after, look: 1)
        #expect(decision.outcome == .rolledBack)
        #expect(decision.reason.hasPrefix("better in samples but worse in greedy answers: "))
        #expect(decision.reason.hasSuffix("greedy 0 won, 20 lost, p = 9.5e−7 at level 0.05"))
        let careless = Gate(settings: GateSettings(greedyLevel: 0))
        #expect(try careless.decide(incumbent: before, candidate: after, look: 1).outcome == .promoted)
    }

    @Test("the levels of all looks sum to the error that is allowed", arguments: [0.9, 0.95, 0.99])
    func spending(confidence: Double) {
        let gate = Gate(settings: GateSettings(confidence: confidence))
        let spent = (1...100_000).reduce(0) { $0 + gate.level(ofLook: $1) }
        #expect(spent < 1 - confidence && spent > 0.9999 * (1 - confidence))
        #expect(gate.fewestProblems(atLook: 1) == (confidence == 0.9 ? 5 : confidence == 0.95 ? 6 : 8))
    }

    @Test("passes an error of the evaluations on")
    func error() {
        #expect(throws: ComparisonError.self) {
            try Gate().decide(incumbent: Evaluations.make(correct: [1]), candidate: Evaluations.make(correct: [1, 2]), look: 1)
        }
    }
}
