import Autodidact
import Foundation
import Testing

@testable import Reports

@Suite("A finished run that was rolled back by hand")
struct StandingTests {
    private static func lineage(isSealed: Bool?) -> RunLineage {
        let rollback = RunRollback(after: 3, to: 0, fromHash: "c0ffee5eed", toHash: "base", reason: "", at: 0)
        return RunLineage(
            manifest: SampleRun.manifest, baseHash: "base", isSealed: isSealed, incumbentHash: "0ddba11", incumbent: 0, steps: [],
            rollbacks: [rollback])
    }

    @Test("says first, on a terminal, that it was, and what stands")
    func terminal() throws {
        let dossier = try SampleRun.dossier(generations: 3)
        func text(_ lineage: RunLineage?) throws -> String {
            runSummaryText(
                summary: try #require(dossier.summary), records: dossier.generations, manifest: dossier.manifest, reportPath: nil,
                lineage: lineage, color: .none)
        }
        let lines = try text(Self.lineage(isSealed: false)).split(separator: "\n")
        #expect(lines[1] == "Rolled back to the base: the sealed result is that of weights that were withdrawn")
        #expect(lines[2] == "What they were found to be: Better on problems it had never seen")
        #expect(lines.contains("  withdrawn   c0ffee5eed") && lines.contains("  stands      the base, 0ddba11"), "\(lines)")
        let back = "  take back   autodidact rollback \(SampleRun.manifest.runID) --to 3"
        #expect(lines.last.map(String.init) == back, "of the base there is nothing to export: \(lines)")
        // A rollback that was undone leaves the sealed result in force.
        #expect(try text(Self.lineage(isSealed: true)) == text(nil))
    }

    @Test("says so in the report's headline")
    func report() throws {
        var dossier = try SampleRun.dossier(generations: 3)
        dossier.lineage = Self.lineage(isSealed: false)
        let page = ParsedPage(HTMLReport.html(for: dossier))
        #expect(page.problem == nil && page.elements["h1"] == 1)
        #expect(page.text.contains("Rolled back to the base: the sealed result is that of weights that were withdrawn"))
        #expect(page.text.contains("What stands is the base, with weights") && page.text.contains("0ddba11"))
        dossier.lineage = Self.lineage(isSealed: true)
        #expect(!ParsedPage(HTMLReport.html(for: dossier)).text.contains("What stands is"))
    }
}
