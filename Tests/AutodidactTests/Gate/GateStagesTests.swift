import Autodidact
import Testing

@Suite("What the gate asks before the target")
struct GateStagesTests {
    static let before = Evaluations.make(correct: Array(repeating: 2, count: 100), hash: "base")
    static let better = Array(repeating: 5, count: 100)

    static func conduct(_ repetition: Int, of responses: Int = 900) -> Conduct {
        Conduct(responses: responses, flagged: ["repetition": repetition, "unscorable": 0])
    }

    /// Probes that flag every response to so many of the problems.
    static func flags(_ problems: Int) -> [String: [Int]] {
        ["repetition": (0..<100).map { $0 < problems ? 9 : 0 }, "unscorable": Array(repeating: 0, count: 100)]
    }

    /// A candidate that is clearly better at the target, with what a test wants to be worse.
    static func candidate(repetition: Int = 0, skill: Int = 6) -> EvaluationResult {
        Evaluations.make(
            correct: better, hash: "new", flagged: flags(repetition), skills: ["spelling": Array(repeating: skill, count: 50)])
    }

    static func base(repetition: Int = 0, skill: Int = 6) -> EvaluationResult {
        Evaluations.make(
            correct: before.outcomes.map(\.correct), hash: "base", flagged: flags(repetition),
            skills: ["spelling": Array(repeating: skill, count: 50)])
    }

    @Test("passes what is better and has lost nothing, and keeps the answers in order")
    func passes() throws {
        let decision = try Gate().decide(incumbent: Self.base(), candidate: Self.candidate(), look: 1)
        #expect(decision.outcome == .promoted && decision.reason.hasPrefix("better: mean@8 "))
        #expect(decision.checks.map(\.stage) == [.safety, .safety, .retention, .target])
        #expect(decision.checks.map(\.name) == ["repetition", "unscorable", "spelling", "target"])
        #expect(decision.checks.allSatisfy { $0.isPassed })
    }

    @Test("the first question that fails gives the reason: safety before skills before the target")
    func order() throws {
        let all = try Gate().decide(
            incumbent: Self.base(),
            candidate: Evaluations.make(
                correct: Array(repeating: 0, count: 100), flagged: Self.flags(10), skills: ["spelling": Array(repeating: 1, count: 50)]),
            look: 1)
        #expect(all.outcome == .rolledBack)
        #expect(
            all.reason.hasPrefix(
                "safety probe 'repetition' flags 10.0 % of 900 responses, 0.0 % of the base's: more than 0.5 points above, "
                    + "one-sided p = 9.8e−4 at level 0.025; "))
        #expect(all.reason.contains("not shown to be better: mean@8 "))
        #expect(all.checks.map(\.isPassed) == [false, true, false, false])
        let skill = try Gate().decide(incumbent: Self.base(), candidate: Self.candidate(skill: 5), look: 1)
        #expect(skill.outcome == .rolledBack)
        #expect(skill.reason.hasPrefix("loses protected task 'spelling': mean@8 75.0 % of the incumbent → 62.5 % on 50 problems"))
        #expect(skill.reason.contains("for a loss of more than 1.0 points at level 0.05; better: mean@8 "))
    }

    /// Of six problems that went from no flag to flags all must have done so by chance: 2⁻⁶ is below the level of one of two probes, and
    /// 2⁻⁵ is not.
    @Test("a probe refuses a rise over the base that is shown, and only that", arguments: [(5, true), (6, false)])
    func probes(repetition: Int, isPassed: Bool) throws {
        let decision = try Gate().decide(incumbent: Self.base(), candidate: Self.candidate(repetition: repetition), look: 1)
        #expect((decision.outcome == .promoted) == isPassed)
        #expect(decision.checks[0].finding.contains(isPassed ? ": not shown to be more than 0.5 points" : ": more than 0.5 points"))
        let drifted = try Gate().decide(
            incumbent: Self.base(repetition: 4), candidate: Self.candidate(repetition: 8), base: Self.base(), look: 2)
        #expect(drifted.outcome == .rolledBack, "steps that are not shown one by one are shown against the base")
        let asBefore = try Gate().decide(incumbent: Self.base(repetition: 40), candidate: Self.candidate(repetition: 40), look: 1)
        #expect(asBefore.outcome == .promoted, "what the base did as well is no harm of the candidate's")
    }

    @Test("the rise that is accepted and the level are settings")
    func probeSettings() throws {
        var safety = SafetySettings()
        safety.probeLimit = 0.2
        let lenient = try Gate(safety: safety).decide(incumbent: Self.base(), candidate: Self.candidate(repetition: 10), look: 1)
        #expect(lenient.outcome == .promoted)
        safety = SafetySettings()
        safety.probeLevel = 0.1
        let strict = try Gate(safety: safety).decide(incumbent: Self.base(), candidate: Self.candidate(repetition: 5), look: 1)
        #expect(strict.outcome == .rolledBack)
    }

    @Test("flags that an earlier version recorded in sum alone count as spread evenly")
    func totals() throws {
        let old = Evaluations.make(
            correct: Self.better, hash: "new", conduct: Self.conduct(90), skills: ["spelling": Array(repeating: 6, count: 50)])
        #expect(try #require(old.flaggedShares(by: "repetition")).allSatisfy { $0 == 0.1 })
        #expect(try Gate().decide(incumbent: Self.base(), candidate: old, look: 1).outcome == .rolledBack)
        #expect(old.flaggedShares(by: "unscorable") == Array(repeating: 0, count: 100) && old.flaggedShares(by: "cheats") == nil)
    }

    @Test("nothing is asked of evaluations that were recorded before probes were")
    func oldEvaluations() throws {
        let decision = try Gate().decide(incumbent: Self.before, candidate: Evaluations.make(correct: Self.better), look: 1)
        #expect(decision.outcome == .promoted && decision.checks.map(\.name) == ["target"])
    }

    @Test("losses too small to be seen against the incumbent are seen against the base")
    func slowLoss() throws {
        func evaluation(_ hash: String, lost: Int, correct: [Int]) -> EvaluationResult {
            let skill = (0..<50).map { $0 < lost ? 3 : 6 }
            return Evaluations.make(correct: correct, hash: hash, conduct: Self.conduct(0), skills: ["spelling": skill])
        }
        let base = evaluation("base", lost: 0, correct: Self.before.outcomes.map(\.correct))
        let incumbent = evaluation("one", lost: 4, correct: Self.before.outcomes.map(\.correct))
        let candidate = evaluation("two", lost: 8, correct: Self.better)
        let gate = Gate()
        #expect(try gate.decide(incumbent: base, candidate: incumbent, look: 1).checks[2].isPassed)
        let decision = try gate.decide(incumbent: incumbent, candidate: candidate, base: base, look: 2)
        #expect(decision.checks.map(\.isPassed) == [true, true, true, false, true])
        #expect(decision.reason.hasPrefix("loses protected task 'spelling': mean@8 75.0 % of the base → 69.0 %"))
        #expect(decision.reason.contains("at level 0.025"), "two tests share the level")
    }

    @Test("a loss within the margin is accepted")
    func margin() throws {
        var retention = RetentionSettings()
        retention.margin = 0.15
        let gate = Gate(retention: retention)
        #expect(try gate.decide(incumbent: Self.base(), candidate: Self.candidate(skill: 5), look: 1).outcome == .promoted)
        #expect(try gate.decide(incumbent: Self.base(), candidate: Self.candidate(skill: 4), look: 1).outcome == .rolledBack)
    }

    @Test("evaluations on different protected tasks are not compared")
    func differentSkills() {
        let error = ComparisonError.differentConditions(what: "protected tasks", incumbent: "", candidate: "spelling")
        #expect(throws: error) { try Gate().decide(incumbent: Self.before, candidate: Self.candidate(), look: 1) }
    }

    @Test("without a gate everything is kept, and the reason says what it would have said")
    func ungated() throws {
        let gate = Gate(settings: GateSettings(enabled: false))
        let worse = try gate.decide(incumbent: Self.base(), candidate: Self.candidate(repetition: 10), look: 1)
        #expect(worse.outcome == .promoted)
        #expect(worse.reason.hasPrefix("kept without a gate, which would have refused it: safety probe 'repetition'"))
        let better = try gate.decide(incumbent: Self.base(), candidate: Self.candidate(), look: 1)
        #expect(better.reason.hasPrefix("kept without a gate, which would have promoted it: better: "))
    }
}
