import Autodidact
import Testing

@Suite("RunSettings")
struct RunSettingsTests {
    @Test("the defaults are valid, and every key has its line of help")
    func defaults() throws {
        try RunSettings().validate()
        let keys = SettingsTree(defaults: RunSettings()).keys.map(\.key)
        #expect(Set(keys) == Set(RunSettings.help.keys))
        #expect(RunSettings.help.values.allSatisfy { !$0.isEmpty })
    }

    @Test(
        "values outside their range are refused by name",
        arguments: [
            "generations=0", "levels=0", "levels=1,1", "evaluation.problems=0", "evaluation.problems=5", "evaluation.samplesPerProblem=0",
            "evaluation.sealedProblems=0", "evaluation.temperature=0", "evaluation.temperature=11", "gate.confidence=1",
            "gate.confidence=0.5", "gate.minimumImprovement=-0.1", "gate.minimumImprovement=1", "gate.greedyLevel=0.5",
            "store.keepWeights=-1", "store.keepWeights=1001", "store.keepEpisodes=0",
            "retention.problems=5", "retention.margin=0.6", "retention.level=0", "retention.tasks=a,a", "safety.probeLimit=1.5",
            "safety.lengthFactor=1", "safety.riseErrors=0", "audit.share=1.1", "audit.tolerance=0.6", "audit.level=0",
        ])
    func ranges(_ assignment: String) throws {
        var tree = SettingsTree(defaults: RunSettings())
        try tree.apply(assignment)
        let settings = try tree.resolved()
        let parts = assignment.split(separator: "=")
        do throws(SettingsError) {
            try settings.validate()
            Issue.record("\(assignment) was accepted")
        } catch {
            guard case .outOfRange(let key, _, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(key == parts[0])
        }
    }

    @Test(
        "what nothing would read is refused",
        arguments: ["retention.problems=50", "retention.margin=0.1", "retention.level=0.1", "audit.share=0 audit.judge=base"])
    func withoutEffect(_ assignments: String) throws {
        var tree = SettingsTree(defaults: RunSettings())
        for assignment in assignments.split(separator: " ") { try tree.apply(String(assignment)) }
        let settings = try tree.resolved()
        do throws(SettingsError) {
            try settings.validate()
            Issue.record("\(assignments) was accepted")
        } catch {
            guard case .noEffect(let key, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(assignments.contains(key + "="))
        }
    }

    @Test("protected tasks are a list; without a gate few problems are enough")
    func lists() throws {
        var tree = SettingsTree(defaults: RunSettings())
        for assignment in ["retention.tasks=arithmetic,countdown:1", "gate.enabled=false", "evaluation.problems=2", "audit.judge=base"] {
            try tree.apply(assignment)
        }
        let settings = try tree.resolved()
        try settings.validate()
        #expect(settings.retention.tasks == ["arithmetic", "countdown:1"] && !settings.gate.enabled && settings.audit.judge == .base)
        #expect(throws: SettingsError.self) { try tree.apply("audit.judge=nobody") }
    }

    @Test("the smallest evaluation that can promote is accepted")
    func smallest() throws {
        try RunSettings(evaluation: EvaluationSettings(problems: 6)).validate()
    }

    @Test("episodes that a later generation is to learn from cannot be let go of")
    func pools() throws {
        let settings = StoreSettings(keepEpisodes: 3)
        try settings.check(.thisRound, generations: 9)
        try settings.check(.window(4), generations: 9)
        try settings.check(.accumulated, generations: 4)
        #expect(throws: SettingsError.self) { try settings.check(.accumulated, generations: 5) }
        do throws(SettingsError) {
            try settings.check(.window(5), generations: 9)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains("store.keepEpisodes") && error.description.contains("window:5"))
        }
    }
}
