import Autodidact
import Foundation
import Reports
import Testing

@Suite("Monitors in the report")
struct MonitorTests {
    @Test("are drawn by generation, grouped by kind, with what each kind tells")
    func groups() throws {
        var dossier = try SampleRun.dossier(generations: 3)
        let plain = ParsedPage(HTMLReport.html(for: dossier))
        dossier.generations = dossier.generations.map { record in
            var more = ["exploration/distinct": Double(record.number), "exploration/gain": 0.25, "reward/gap": 0.5]
            if record.number == 2 { more["kl/base"] = 0.125 }
            if record.number > 1 { more["length/drift"] = 0.25 * Double(record.number) }
            return record.adding(more)
        }
        let page = ParsedPage(HTMLReport.html(for: dossier))
        #expect(page.problem == nil && !plain.text.contains("Monitors"))
        for words in [
            "Monitors", "Exploration", "exploration/distinct1 → 3", "exploration/gain0.25", "Reward against truth", "reward/gap0.5",
            "Distance from the reference", "kl/base0.125", "Length", "length/drift0.5 → 0.75",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
        // Each is drawn once: among the monitors, not again among the other figures.
        #expect(page.text.components(separatedBy: "reward/gap0.5").count == 2)
        #expect((page.elements["h3"] ?? 0) - (plain.elements["h3"] ?? 0) == 4)
    }
}

extension GenerationRecord {
    /// The same record with more figures.
    fileprivate func adding(_ more: [String: Double]) -> GenerationRecord {
        GenerationRecord(
            number: number, candidateHash: candidateHash, incumbentHash: incumbentHash, episodes: episodes, correct: correct,
            unscorable: unscorable, tokensSampled: tokensSampled, tokensTrained: tokensTrained, metrics: metrics.merging(more) { $1 },
            evaluation: evaluation, decision: decision, seconds: seconds)
    }
}
