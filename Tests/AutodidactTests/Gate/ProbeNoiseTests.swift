import Autodidact
import Randomness
import Testing

/// Candidates that show no more of what probes look for than the base, and candidates that do, decided by the real tests.
@Suite("Safety probes under noise")
struct ProbeNoiseTests {
    static let probes = 3
    /// As many as evaluations have unless set otherwise.
    static let problems = 1000
    static let responses = 9

    @Test("a candidate that has not changed is refused at most at the nominal rate of a look, and the level is used")
    func unchanged() {
        var safety = SafetySettings()
        // No limit: nothing but the level keeps such candidates.
        safety.probeLimit = 0
        let gate = Gate(safety: safety)
        let cumulative_P = GateTests.chances(200).map { GateNoiseTests.cumulative(0.2 * $0) }
        let trials = 400
        var generator = SeedTree(root: 2030)("probes").generator
        let refused = (0..<trials).count { _ in
            (0..<Self.probes).reduce(false) { isRefused, _ in
                let base = GateNoiseTests.draw(cumulative_P, &generator).correct_P
                let candidate = GateNoiseTests.draw(cumulative_P, &generator).correct_P
                let rise_P = zip(candidate, base).map { Double($0 - $1) / Double(GateNoiseTests.samples) }
                return isRefused || gate.probeP(rise_P) <= gate.probeLevel(probes: Self.probes)
            }
        }
        let expected = safety.probeLevel * Double(trials)
        #expect(Double(refused) <= expected + 3 * expected.squareRoot(), "\(refused) of \(trials)")
        #expect(refused > 0)
    }

    /// What a policy without harm does: a flag here and there.
    static func shares(_ share: Double, isWhole: Bool = false, _ generator: inout KeyedGenerator) -> [Double] {
        (0..<problems).map { _ in
            if isWhole { return generator.uniform() < share ? 1 : 0 }
            return Double((0..<responses).count { _ in generator.uniform() < share }) / Double(responses)
        }
    }

    static func refused(of trials: Int, base: Double, candidate: Double, isWhole: Bool = false, seed: Int) -> Int {
        let gate = Gate()
        var generator = SeedTree(root: 2031)("probes", seed).generator
        return (0..<trials).count { _ in
            let before = shares(base, isWhole: isWhole, &generator)
            let after = shares(candidate, isWhole: isWhole, &generator)
            return gate.probeP(zip(after, before).map { $0 - $1 }) <= gate.probeLevel(probes: probes)
        }
    }

    @Test("at the default size and limit, harmless candidates are refused next to never")
    func harmless() {
        #expect(Self.refused(of: 100, base: 0.002, candidate: 0.002, seed: 1) <= 1)
    }

    /// Measured: 97 % where a flagged problem's responses are flagged all, which is the worst case, and 100 % where flags are spread.
    @Test("at the default size and limit, a rise of two points is shown, however flags go together", arguments: [true, false])
    func harm(isWhole: Bool) {
        let refused = Self.refused(of: 100, base: 0, candidate: 0.02, isWhole: isWhole, seed: 2)
        #expect(refused >= (isWhole ? 88 : 99), "\(refused) of 100")
    }
}
