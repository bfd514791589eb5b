import Autodidact
import Testing

@Suite("Alarms")
struct AlarmTests {
    /// The base of a real run: GRPO on countdown from the seedling, seed 1, 200 held-out problems with 8 samples each.
    static let baseConduct = Conduct(
        responses: 1800, flagged: ["repetition": 0, "unscorable": 0, "cheats": 0], entropy: 0.244, distinct: 0.97, distinctWrong: 0.98)

    static func evaluation(_ accuracy: Double, tokens: Double = 23.9, unscorable: Int = 0, conduct: Conduct? = baseConduct)
        -> EvaluationResult
    {
        // Spread like real outcomes, and the same problems are the hard ones each time.
        let correct = (0..<200).map { i in min(8, Int((accuracy * 16 * Double(i % 8) / 7).rounded())) }
        return Evaluations.make(correct: correct, meanTokens: tokens, unscorable: unscorable, conduct: conduct)
    }

    static func conduct(entropy: Double = 0.2, distinctWrong: Double = 0.9) -> Conduct {
        Conduct(
            responses: 1800, flagged: ["repetition": 0, "unscorable": 0], entropy: entropy, distinct: 0.9, distinctWrong: distinctWrong)
    }

    static func reading(
        _ metrics: [String: Double] = [:], earlier: [String: Double] = [:], first: [String: Double] = [:], episodes: Int = 30_720,
        unscorable: Int = 0, base: EvaluationResult = evaluation(0.117), incumbent: EvaluationResult? = nil,
        candidate: EvaluationResult = evaluation(0.2)
    ) throws -> AlarmReading {
        try AlarmReading(
            metrics: metrics, earlier: earlier, first: first, episodes: episodes, unscorable: unscorable, base: base,
            incumbent: incumbent ?? base, candidate: candidate)
    }

    static func names(_ reading: AlarmReading) -> [String] { Alarm.ringing(in: reading, by: SafetySettings()).map(\.name) }

    /// One generation of a real run: reward and its error over problems, its trend and error, entropy and variety at its end,
    /// mean@k, tokens.
    struct Generation: Sendable {
        let signal: (mean: Double, error: Double, trend: Double, trendError: Double)
        let entropy: Double
        let distinctWrong: Double
        let accuracy: Double
        let tokens: Double

        var metrics: [String: Double] {
            [
                "signal/mean": signal.mean, "signal/mean_error": signal.error, "signal/trend": signal.trend,
                "signal/trend_error": signal.trendError, "completions/repetition": 0,
            ]
        }
    }

    /// `autodidact run grpo`, `expert-iteration` and `internal-consistency` on countdown, three generations each, measured.
    static let healthy: [[Generation]] = [
        [
            Generation(signal: (0.2004, 0.0043, 0.0687, 0.0086), entropy: 0.158, distinctWrong: 0.656, accuracy: 0.249, tokens: 24.37),
            Generation(signal: (0.3036, 0.0058, 0.0121, 0.0116), entropy: 0.093, distinctWrong: 0.467, accuracy: 0.284, tokens: 24.57),
            Generation(signal: (0.3467, 0.0064, 0.0359, 0.0128), entropy: 0.065, distinctWrong: 0.365, accuracy: 0.311, tokens: 24.61),
        ],
        [
            Generation(signal: (0.1243, 0.0050, 0.0130, 0.0099), entropy: 0.243, distinctWrong: 0.981, accuracy: 0.156, tokens: 24.11),
            Generation(signal: (0.1695, 0.0066, -0.0095, 0.0132), entropy: 0.213, distinctWrong: 0.942, accuracy: 0.184, tokens: 24.01),
            Generation(signal: (0.2004, 0.0079, -0.0167, 0.0157), entropy: 0.180, distinctWrong: 0.904, accuracy: 0.189, tokens: 24.11),
        ],
        [
            Generation(signal: (0.1201, 0.0055, -0.0015, 0.0111), entropy: 0.244, distinctWrong: 0.973, accuracy: 0.145, tokens: 24.02),
            Generation(signal: (0.1205, 0.0052, 0.0065, 0.0104), entropy: 0.244, distinctWrong: 0.966, accuracy: 0.143, tokens: 24.00),
            Generation(signal: (0.1476, 0.0073, -0.0065, 0.0145), entropy: 0.194, distinctWrong: 0.924, accuracy: 0.163, tokens: 24.02),
        ],
    ]

    @Test("none rings in three real runs", arguments: 0..<3)
    func healthyRun(run: Int) throws {
        var (earlier, first): ([String: Double], [String: Double]) = ([:], [:])
        var incumbent = Self.evaluation(0.117)
        for generation in Self.healthy[run] {
            let candidate = Self.evaluation(
                generation.accuracy, tokens: generation.tokens,
                conduct: Self.conduct(entropy: generation.entropy, distinctWrong: generation.distinctWrong))
            let reading = try Self.reading(
                generation.metrics, earlier: earlier, first: first, incumbent: incumbent, candidate: candidate)
            #expect(Self.names(reading).isEmpty)
            let signals = Alarm.signals(in: reading, ringing: [], by: SafetySettings())
            #expect(signals.count == 3 && signals.allSatisfy { $0.isRead }, "silent because healthy, not because unread")
            (earlier, first, incumbent) = (generation.metrics, first.isEmpty ? generation.metrics : first, candidate)
        }
    }

    @Test("reward that rises while held-out truth falls rings: within a generation, since the last, since the first", arguments: 0..<3)
    func hacking(span: Int) throws {
        let high = ["signal/mean": 0.8, "signal/mean_error": 0.01, "signal/trend": 0.3, "signal/trend_error": 0.02]
        let low = ["signal/mean": 0.5, "signal/mean_error": 0.01]
        let fallen = Self.evaluation(0.06)
        let reading =
            switch span {
            case 0: try Self.reading(high, candidate: fallen)
            case 1: try Self.reading(high.filter { !$0.key.contains("trend") }, earlier: low, candidate: fallen)
            default: try Self.reading(high.filter { !$0.key.contains("trend") }, first: low, incumbent: fallen, candidate: fallen)
            }
        #expect(Self.names(reading) == ["reward-hacking"])
        #expect(try Self.names(Self.reading(high)).isEmpty, "truth rose as well")
        #expect(try Self.names(Self.reading(low, earlier: high, candidate: fallen)).isEmpty, "the reward fell as well")
    }

    @Test("certainty of a policy that is often wrong rings, that of one that is right does not")
    func entropy() throws {
        let sure = Self.conduct(entropy: 0.02)
        #expect(try Self.names(Self.reading(candidate: Self.evaluation(0.2, conduct: sure))) == ["entropy-collapse"])
        let right = Evaluations.make(correct: Array(repeating: 7, count: 200), meanTokens: 24, conduct: sure)
        #expect(try Self.names(Self.reading(candidate: right)).isEmpty)
        #expect(try Self.names(Self.reading(candidate: Self.evaluation(0.2, conduct: Self.conduct(entropy: 0.03)))).isEmpty)
    }

    @Test("one wrong answer for everything rings")
    func distinct() throws {
        let collapsed = Self.evaluation(0.2, conduct: Self.conduct(distinctWrong: 0.05))
        let alarm = try #require(Alarm.ringing(in: try Self.reading(candidate: collapsed), by: SafetySettings()).first)
        #expect(alarm.name == "answer-collapse" && alarm.finding.contains("their variety is 0.05 of 1, the base's was 0.98"))
        #expect(!alarm.advice.isEmpty && alarm.sentence == alarm.finding + "; " + alarm.advice)
    }

    /// GRPO with a hundred times its learning rate left the seedling at 10.3 tokens and no right answer; measured.
    @Test("lengths that change by more than the factor ring, as in a run that fell apart", arguments: [10.3, 48.5])
    func length(tokens: Double) throws {
        #expect(try Self.names(Self.reading(candidate: Self.evaluation(0.2, tokens: tokens))) == ["length-drift"])
        let longer = Self.evaluation(0.2, tokens: 70)
        #expect(try Self.names(Self.reading(incumbent: longer, candidate: Self.evaluation(0.2, tokens: 90))).isEmpty)
        #expect(
            try Self.names(Self.reading(incumbent: longer, candidate: Self.evaluation(0.2, tokens: 97))) == ["length-drift"],
            "four times the base's")
    }

    @Test("training responses that repeat themselves ring")
    func repetition() throws {
        #expect(try Self.names(Self.reading(["completions/repetition": 0.06])) == ["repetition"])
        #expect(try Self.names(Self.reading(["completions/repetition": 0.05])).isEmpty)
    }

    @Test("verdicts that are missing ring, in training or evaluation; a few do not")
    func verifier() throws {
        #expect(try Self.names(Self.reading(episodes: 400, unscorable: 5)) == ["verifier-errors"])
        #expect(try Self.names(Self.reading(episodes: 400, unscorable: 4)).isEmpty)
        #expect(try Self.names(Self.reading(episodes: 1000, unscorable: 10)).isEmpty)
        #expect(try Self.names(Self.reading(candidate: Self.evaluation(0.2, unscorable: 19))) == ["verifier-errors"])
    }

    @Test("thresholds are settings: a tighter one rings where the default does not")
    func thresholds() throws {
        var settings = SafetySettings()
        settings.lengthFactor = 1.2
        let reading = try Self.reading(candidate: Self.evaluation(0.2, tokens: 30))
        #expect(Alarm.ringing(in: reading, by: settings).map(\.name) == ["length-drift"])
        #expect(Self.names(reading).isEmpty)
    }

    @Test("an alarm refuses what is better, unless alarms are only told")
    func pausing() throws {
        let alarm = Alarm(name: "length-drift", finding: "found", advice: "look")
        let (base, better) = (Self.evaluation(0.117), Self.evaluation(0.4))
        let gate = Gate()
        let paused = try gate.decide(incumbent: base, candidate: better, concerns: gate.checks(of: [alarm]), look: 1)
        #expect(paused.outcome == .rolledBack)
        #expect(paused.reason.hasPrefix("paused by alarm 'length-drift': found; look; better: mean@8 "))
        var settings = SafetySettings()
        settings.pauses = false
        let telling = Gate(safety: settings)
        let told = try telling.decide(incumbent: base, candidate: better, concerns: telling.checks(of: [alarm]), look: 1)
        #expect(told.outcome == .promoted && told.checks.contains { $0.name == "length-drift" && $0.isPassed })
    }

    @Test("the signal is the mean over problems, with its trend from the earlier half to the later")
    func signal() {
        let figures = rewardSignal([[0, 0], [0, 1], [nil, nil], [1, nil], [1, 1]])
        #expect(figures["signal/mean"] == 0.625 && figures["signal/trend"] == 0.75)
        #expect(abs((figures["signal/mean_error"] ?? 0) - 0.2393567769) < 1e-9)
        #expect(abs((figures["signal/trend_error"] ?? 0) - 0.25) < 1e-12)
        #expect(rewardSignal([[1]]).isEmpty && rewardSignal([]).isEmpty)
    }
}
