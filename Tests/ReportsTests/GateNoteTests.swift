import Autodidact
import Testing

@testable import Reports

@Suite("A gate's sentence for people")
struct GateNoteTests {
    private static func decision(low: Double, high: Double, p: Double) -> GateDecision {
        let comparison = PairedComparison(
            n: 90, meanAtK: Estimate((low + high) / 2, low: low, high: high), pValue: p, greedyDifference: 0, won: 1, lost: 1, mcNemarP: 1)
        return GateDecision(outcome: .rolledBack, reason: "not shown to be better: figures", comparison: comparison)
    }

    @Test("has a note where interval and p-value disagree about 0, and is the reason alone where they do not")
    func note() {
        let noted = Self.decision(low: 0.001, high: 0.04, p: 0.06)
        #expect(
            noted.explanation
                == "not shown to be better: figures; note: interval (bootstrap) and p (sign-flip test) are two methods, and disagree "
                + "about 0 here, and the gate goes by p")
        for agreed in [Self.decision(low: 0.01, high: 0.04, p: 0.003), Self.decision(low: -0.01, high: 0.04, p: 0.2)] {
            #expect(agreed.explanation == agreed.reason)
        }
    }

    @Test("stands with its note in the log of a run and in the report")
    func shown() throws {
        var dossier = try SampleRun.dossier(generations: 1)
        let record = dossier.generations[0], decision = Self.decision(low: 0.001, high: 0.04, p: 0.06)
        let noted = GenerationRecord(
            number: 1, candidateHash: record.candidateHash, incumbentHash: record.incumbentHash, episodes: 1, correct: 1, unscorable: 0,
            tokensSampled: 1, tokensTrained: 1, metrics: [:], evaluation: record.evaluation, decision: decision, seconds: PhaseSeconds())
        dossier.generations = [noted]
        var log = PlainLog(at: .zero)
        #expect(log.line(for: .generationCommitted(noted), at: .zero)?.hasSuffix("the gate goes by p") == true)
        #expect(ParsedPage(HTMLReport.html(for: dossier)).text.contains("the gate goes by p"))
    }
}
