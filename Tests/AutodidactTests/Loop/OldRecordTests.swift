import Autodidact
import Foundation
import Testing

@Suite("Records of earlier versions")
struct OldRecordTests {
    /// As version 0.1.0 wrote it, of a real run; the outcomes are cut to two, the metrics to four.
    private static let generation = #"""
        {"candidateHash":"c7d98c5c","correct":994,"decision":{"comparison":{"greedyDifference":0.04,"lost":11,"mcNemarP":0.2004884220659731,
        "meanAtK":{"high":0.058125,"low":0.02125,"value":0.039375},"n":200,"pValue":4.480902859586977e-05,"won":19},"outcome":"promoted",
        "reason":"better: mean@8 11.7 % → 15.6 %"},"episodes":8000,"evaluation":{"meanTokens":24.105625,"outcomes":[{"correct":1,
        "greedy":false,"judged":8,"level":2,"problem":"51f4b322cc600816"},{"correct":2,"greedy":false,"judged":8,"level":2,
        "problem":"d42d6e3481637f8f"}],"samplesPerProblem":8,"split":"held-out","temperature":1,"tokens":43448,"unscorable":0,
        "weightsHash":"c7d98c5c"},"incumbentHash":"c7d98c5c","metrics":{"entropy":0.2432014871937936,"length/mean":24.073125,"loss":0.1846,
        "reward":0.12425},"number":1,"seconds":{"seconds":{"evaluate":3.029,"sample":15.13,"train":6.89,"verify":0.36,"write":0.72}},
        "tokensSampled":192585,"tokensTrained":37617,"unscorable":0}
        """#

    private static let manifest = #"""
        {"createdAt":1795307232.6348982,"model":"seedling","recipe":"expert-iteration","runID":"r1","seed":1,
        "settings":"{\"evaluation\":{\"problems\":200},\"gate\":{\"confidence\":0.95,\"greedyLevel\":0.05,\"minimumImprovement\":0}}",
        "task":"countdown","versions":{"autodidact":"0.1.0"}}
        """#

    private func decoded<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test("a generation without checks, alarms, audit and conduct is read, and written again it stays the same")
    func generation() throws {
        let record = try decoded(GenerationRecord.self, Self.generation)
        #expect(record.number == 1 && record.correct == 994 && record.decision.comparison.won == 19)
        #expect(record.alarms.isEmpty && record.pauses.isEmpty && record.audit == nil && record.decision.checks.isEmpty)
        #expect(!record.isQuarantined && record.evaluation.outcomes.allSatisfy { $0.flagged.isEmpty })
        #expect(record.evaluation.conduct == nil && record.evaluation.skills.isEmpty && record.evaluation.outcomes.count == 2)
        let again = try JSONEncoder().encode(record)
        #expect(try JSONDecoder().decode(GenerationRecord.self, from: again) == record)
    }

    @Test("a manifest that does not say is one of a gated run, and its settings get the defaults of what is new")
    func manifest() throws {
        let manifest = try decoded(RunManifest.self, Self.manifest)
        #expect(manifest.isGated && manifest.taskFile == nil && manifest.confinement == nil && !manifest.isUnconfined)
        let settings = try SettingsTree(json: manifest.settings, defaults: RunSettings()).resolved()
        #expect(settings.evaluation.problems == 200 && settings.gate.enabled)
        #expect(settings.retention == RetentionSettings() && settings.safety == SafetySettings() && settings.audit == AuditSettings())
    }

    @Test("what is new is written and read: an ungated manifest, alarms, an audit, protected tasks")
    func current() throws {
        let conduct = Conduct(responses: 9, flagged: ["repetition": 1], entropy: 0.1, distinct: nil, distinctWrong: 1)
        let evaluation = Evaluations.make(correct: [1, 2], conduct: conduct, flagged: ["repetition": [0, 1]], skills: ["spelling": [3]])
        let decision = try Gate().decide(incumbent: evaluation, candidate: evaluation, look: 1)
        let record = GenerationRecord(
            number: 1, candidateHash: "a", incumbentHash: "a", episodes: 1, correct: 1, unscorable: 0, tokensSampled: 1, tokensTrained: 1,
            metrics: [:], evaluation: evaluation, decision: decision, seconds: PhaseSeconds(),
            alarms: [Alarm(name: "length-drift", finding: "f", advice: "a")],
            pauses: [AlarmPause(alarm: Alarm(name: "audit", finding: "f", advice: "a"), since: 1)],
            audit: AuditResult(auditor: "b", accepted: 9, audited: 3, rejected: 1, unscorable: 0, allowed: 0.05))
        #expect(try JSONDecoder().decode(GenerationRecord.self, from: JSONEncoder().encode(record)) == record)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(record), as: UTF8.self)
        let flags = #""flagged":{"repetition":1},"greedy""#
        #expect(text.contains(flags) && !text.contains(#""flagged":{}"#))
        for count in ["-1", "10", "\(Int.max)"] {
            let damaged = text.replacing(flags, with: flags.replacing(":1}", with: ":\(count)}"))
            #expect(throws: DecodingError.self) { try decoded(GenerationRecord.self, damaged) }
        }
        let conducted = text.replacing(#""responses":9"#, with: #""responses":0"#)
        #expect(throws: DecodingError.self, "more flagged than there are") { try decoded(GenerationRecord.self, conducted) }
        let manifest = RunManifest(
            runID: "r", recipe: "grpo", task: "t", model: "m", seed: 1, settings: "{}", versions: [:], createdAt: 0, isGated: false,
            confinement: Confinement.none)
        #expect(try JSONDecoder().decode(RunManifest.self, from: JSONEncoder().encode(manifest)) == manifest && manifest.isUnconfined)
    }
}
