import Autodidact
import Foundation
import Reports
import Testing

@Suite("Alarms, protected tasks and audits in what people read")
struct SafetyReportTests {
    private static let alarm = Alarm(name: "length-drift", finding: "held-out samples have 10.3 tokens", advice: SampleRun.hostile)
    private static let pausing = Alarm(name: "audit", finding: "drift", advice: "read")
    private static let audit = AuditResult(
        auditor: "countdown-auditor/1", accepted: 900, audited: 45, rejected: 12, unscorable: 0, allowed: 0.05)

    /// A finished run whose second generation rang and was audited, with a protected task, gated or not.
    private static func dossier(isGated: Bool = true, generations: Int = 3, pausedIn: Set<Int> = [2]) throws -> RunDossier {
        var dossier = try SampleRun.dossier(generations: generations)
        let old = dossier.manifest
        dossier.manifest = RunManifest(
            runID: old.runID, recipe: old.recipe, task: old.task, model: old.model, seed: old.seed, settings: old.settings,
            versions: old.versions, createdAt: old.createdAt, isGated: isGated)
        dossier.isGated = isGated
        dossier.baseline = dossier.baseline.map(protecting)
        dossier.generations = dossier.generations.map { record in
            GenerationRecord(
                number: record.number, candidateHash: record.candidateHash, incumbentHash: record.incumbentHash, episodes: record.episodes,
                correct: record.correct, unscorable: record.unscorable, tokensSampled: record.tokensSampled,
                tokensTrained: record.tokensTrained, metrics: record.metrics, evaluation: protecting(record.evaluation),
                decision: record.decision, seconds: record.seconds, alarms: record.number == 2 ? [alarm] : [],
                pauses: pausedIn.contains(record.number) ? [AlarmPause(alarm: pausing, since: 2)] : [],
                audit: record.number == 2 ? audit : nil)
        }
        return dossier
    }

    private static func protecting(_ result: EvaluationResult) -> EvaluationResult {
        EvaluationResult(
            split: result.split, samplesPerProblem: result.samplesPerProblem, temperature: result.temperature,
            weightsHash: result.weightsHash, outcomes: result.outcomes, tokens: result.tokens, meanTokens: result.meanTokens,
            unscorable: result.unscorable,
            skills: [SkillResult(name: "arithmetic:1", result: SampleRun.evaluation(skill: 0.3, split: .heldOut, hash: "s"))])
    }

    @Test("the report has a section of them, well-formed whatever they say")
    func html() throws {
        let page = ParsedPage(HTMLReport.html(for: try Self.dossier()))
        #expect(page.problem == nil && page.elements["h2"] == 9)
        for words in [
            "what must not be forgotten", "length-drift", "held-out samples have 10.3 tokens", "arithmetic:1", "countdown-auditor/1",
            "45 of 900", "Promotion stayed paused: after generation 2 by 'audit'.",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
    }

    @Test("the report says where an audit was asked for and none was made", arguments: [0.05, 0])
    func absentAudit(share: Double) throws {
        var dossier = try SampleRun.dossier(generations: 2)
        dossier.manifest = SampleRun.manifestWith(settings: #"{"audit":{"judge":"task","share":\#(share)}}"#)
        let page = ParsedPage(HTMLReport.html(for: dossier))
        #expect(page.problem == nil)
        #expect(page.text.contains("Nothing was audited: the task has no second verifier.") == (share > 0))
    }

    @Test("the end of a run names alarms and audits")
    func summary() throws {
        let dossier = try Self.dossier()
        let text = runSummaryText(
            summary: try #require(dossier.summary), records: dossier.generations, manifest: dossier.manifest, reportPath: nil, color: .none)
        #expect(text.contains("alarms      length-drift in generation 2"))
        #expect(text.contains("paused      after generation 2 by 'audit'"))
        #expect(text.contains("audit       12 of 45 accepted responses rejected"))
        #expect(!text.contains("ngated"))
    }

    @Test("pauses that go on are told as ranges")
    func ranges() throws {
        let dossier = try Self.dossier(generations: 7, pausedIn: [2, 3, 4, 6])
        let text = runSummaryText(
            summary: try #require(dossier.summary), records: dossier.generations, manifest: dossier.manifest, reportPath: nil, color: .none)
        #expect(text.contains("after generations 2 to 4 by 'audit'; after generation 6 by 'audit'"))
        let result = RunResultJSON(
            summary: try #require(dossier.summary), records: dossier.generations, manifest: dossier.manifest, report: "r")
        #expect(result.pauses.map(\.generation) == [2, 3, 4, 6] && result.pauses.allSatisfy { $0.name == "audit" && $0.since == 2 })
    }

    @Test("an ungated run is marked in summary, report and JSON")
    func ungated() throws {
        let dossier = try Self.dossier(isGated: false)
        let summary = try #require(dossier.summary)
        let text = runSummaryText(
            summary: summary, records: dossier.generations, manifest: dossier.manifest, reportPath: nil, color: .none)
        #expect(text.contains("Ungated: every candidate was kept, better or not") && text.contains("gate        none: "))
        let page = ParsedPage(HTMLReport.html(for: dossier)).text
        #expect(page.contains("was not gated") && page.contains("refused nothing"))
        #expect(!text.contains("paused  ") && !page.contains("stayed paused"), "what refuses nothing pauses nothing")
        let result = RunResultJSON(summary: summary, records: dossier.generations, manifest: dossier.manifest, report: "r")
        #expect(!result.gated && result.alarms.map(\.name) == ["length-drift"] && result.alarms[0].generation == 2)
        #expect(result.audits == [Self.audit] && result.pauses.isEmpty)
        #expect(RunDossier(manifest: dossier.manifest).isGated == false, "the manifest says it")
        var display = LiveDisplay(dossier.manifest, at: .zero)
        display.receive(.generationStarted(number: 2, of: 3), at: .zero)
        display.receive(.generationCommitted(dossier.generations[1]), at: .zero)
        let lines = display.lines(width: 160, at: .zero, color: .none)
        #expect(lines[0].contains("ungated") && lines.contains { $0.contains("alarm") && $0.contains("length-drift: held-out samples") })
    }

    @Test("a run whose programs had no sandbox is marked in summary, report, display and JSON; one with a sandbox says so")
    func unconfined() throws {
        for confinement in [Confinement.none, .sandbox, nil] {
            let old = try Self.dossier()
            let manifest = RunManifest(
                runID: "r", recipe: "grpo", task: "python", model: "m", seed: 1, settings: "{}", versions: [:], createdAt: 0,
                confinement: confinement)
            let dossier = RunDossier(manifest: manifest, baseline: old.baseline, generations: old.generations, summary: old.summary)
            let (summary, isMarked) = (try #require(dossier.summary), confinement == Confinement.none)
            let text = runSummaryText(
                summary: summary, records: dossier.generations, manifest: manifest, reportPath: nil, color: .none)
            #expect(text.contains("Unconfined: programs that the model wrote ran without a sandbox") == isMarked)
            let page = ParsedPage(HTMLReport.html(for: dossier)).text
            #expect(page.contains("was not confined") == isMarked && page.contains("--unsafe-exec") == isMarked)
            #expect(page.contains("in a sandbox") == (confinement == .sandbox))
            #expect(LiveDisplay(manifest, at: .zero).lines(width: 160, at: .zero, color: .none)[0].contains("unconfined") == isMarked)
            let result = RunResultJSON(summary: summary, records: dossier.generations, manifest: manifest, report: "r")
            #expect(result.confinement == confinement)
        }
    }

    @Test("JSON names every question that a candidate did not pass")
    func refusals() throws {
        let dossier = try SampleRun.dossier(generations: 1)
        let summary = try #require(dossier.summary)
        let worse = SampleRun.evaluation(skill: 0.1, split: .heldOut, hash: "w")
        let decision = try Gate().decide(incumbent: try #require(dossier.baseline), candidate: worse, look: 1)
        let old = dossier.generations[0]
        let record = GenerationRecord(
            number: 1, candidateHash: "w", incumbentHash: "base", episodes: 1, correct: 0, unscorable: 0, tokensSampled: 1,
            tokensTrained: 1,
            metrics: [:], evaluation: worse, decision: decision, seconds: old.seconds)
        let result = RunResultJSON(summary: summary, records: [record], manifest: dossier.manifest, report: "r")
        #expect(result.refusals.map(\.check.name) == ["target"] && result.refusals[0].generation == 1)
    }

    @Test("a plain log tells an alarm that did not pause, and does not tell one twice")
    func log() throws {
        var log = PlainLog(at: .zero)
        let told = try Self.dossier().generations[1]
        let line = log.line(for: .generationCommitted(told), at: .zero) ?? ""
        #expect(line.contains("alarm 'length-drift': held-out samples have 10.3 tokens") && !line.contains("\n"))
        let paused = GenerationRecord(
            number: 2, candidateHash: "", incumbentHash: "", episodes: 1, correct: 0, unscorable: 0, tokensSampled: 1, tokensTrained: 1,
            metrics: [:], evaluation: told.evaluation,
            decision: GateDecision(
                outcome: .rolledBack, reason: "paused by alarm 'length-drift': \(Self.alarm.finding)",
                comparison: told.decision.comparison),
            seconds: told.seconds, alarms: [Self.alarm])
        let once = log.line(for: .generationCommitted(paused), at: .zero) ?? ""
        #expect(once.components(separatedBy: "length-drift").count == 2)
    }
}
