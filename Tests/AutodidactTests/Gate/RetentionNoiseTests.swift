import Autodidact
import Randomness
import Testing

/// Whole runs whose candidates have neither gained nor lost anything, with two protected tasks, decided by the real tests.
@Suite("Protected tasks under noise")
struct RetentionNoiseTests {
    static let runs = 200
    static let tasks = 2

    @Test("a harmless candidate is refused at most at the nominal rate over 50 looks, and noise is promoted less than without them")
    func harmless() {
        var retention = RetentionSettings()
        // No margin: nothing but the level keeps harmless candidates.
        retention.margin = 0
        let gate = Gate(retention: retention)
        let cumulative_P = GateTests.chances(60).map(GateNoiseTests.cumulative)
        var refusals = 0
        var (promotions, promotionsWithout) = (0, 0)
        for run in 0..<Self.runs {
            var generator = SeedTree(root: 2028)("retention", run).generator
            func draw() -> [Int] { GateNoiseTests.draw(cumulative_P, &generator).correct_P }
            func difference(_ candidate: [Int], _ opponent: [Int]) -> [Double] {
                zip(candidate, opponent).map { Double($0 - $1) / Double(GateNoiseTests.samples) }
            }
            let incumbent = draw()
            let base = (0..<Self.tasks).map { _ in draw() }
            let kept = (0..<Self.tasks).map { _ in draw() }
            var (promoted, promotedWithout) = (false, false)
            for look in 1...GateNoiseTests.looks {
                let level = gate.retentionLevel(tests: 2 * Self.tasks)
                let isRefused = (0..<Self.tasks).reduce(false) { isRefused, task in
                    let candidate = draw()
                    return [base[task], kept[task]].reduce(isRefused) {
                        $0 || gate.retentionP(difference(candidate, $1)) <= level
                    }
                }
                let isBetter = gate.weigh(difference(draw(), incumbent), won: 0, lost: 0, look: look).isPromotion
                refusals += isRefused ? 1 : 0
                promoted = promoted || isBetter && !isRefused
                promotedWithout = promotedWithout || isBetter
            }
            promotions += promoted ? 1 : 0
            promotionsWithout += promotedWithout ? 1 : 0
        }
        let looks = Double(Self.runs * GateNoiseTests.looks)
        // Looks of one run share the base, so their refusals come in bunches: three standard errors of that many runs.
        let slack = 3 * (retention.level / Double(Self.runs)).squareRoot()
        #expect(Double(refusals) / looks <= retention.level + slack, "\(refusals) of \(looks) looks refused a harmless candidate")
        #expect(promotions <= promotionsWithout)
        #expect(Double(promotions) / Double(Self.runs) <= 0.05 + 3 * (0.05 / Double(Self.runs)).squareRoot())
    }

    @Test("a loss that matters is refused nearly always")
    func power() {
        let gate = Gate()
        let before_P = GateTests.chances(300, shift: 0.3).map(GateNoiseTests.cumulative)
        let after_P = GateTests.chances(300, shift: 0.22).map(GateNoiseTests.cumulative)
        var generator = SeedTree(root: 2029)("power").generator
        let refused = (0..<100).count { _ in
            let (before, after) = (GateNoiseTests.draw(before_P, &generator).correct_P, GateNoiseTests.draw(after_P, &generator).correct_P)
            let difference_P = zip(after, before).map { Double($0 - $1) / Double(GateNoiseTests.samples) }
            return gate.retentionP(difference_P) <= gate.retentionLevel(tests: 2)
        }
        #expect(refused >= 95, "\(refused) of 100")
    }
}
