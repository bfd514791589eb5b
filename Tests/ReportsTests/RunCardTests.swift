import Autodidact
import Testing

@testable import Reports

@Suite("The model card of what a run made")
struct RunCardTests {
    private static func lineage(incumbent: Int, isSealed: Bool?, model: String = "/home/me/models/Tiny-1B") throws -> RunLineage {
        let dossier = try SampleRun.dossier()
        let steps = dossier.generations.filter { $0.decision.outcome == .promoted }.map { record in
            RunLineage.Step(
                generation: record.number, weightsHash: record.candidateHash, parent: 0, parentHash: "base",
                data: [RunLineage.EpisodeSet(generation: record.number, episodes: record.episodes, sha256: nil)],
                comparison: record.decision.comparison, reason: record.decision.reason, isAncestor: record.number <= incumbent, isKept: true
            )
        }
        return RunLineage(
            manifest: manifest(model), baseHash: "ba5e", isSealed: isSealed, incumbentHash: "c0ffee", incumbent: incumbent, steps: steps,
            rollbacks: [])
    }

    private static func manifest(_ model: String, isGated: Bool = true) -> RunManifest {
        RunManifest(
            runID: SampleRun.manifest.runID, recipe: "expert-iteration", task: "countdown", model: model, seed: 1, settings: "{}",
            versions: ["verifier": "countdown/1", "engine": "0.1.0"], createdAt: 0, isGated: isGated)
    }

    private static func dossier(
        incumbent: Int = 8, isSealed: Bool? = true, isFinished: Bool = true, model: String = "/home/me/models/Tiny-1B", isGated: Bool = true
    ) throws -> RunDossier {
        var dossier = try SampleRun.dossier(isFinished: isFinished)
        dossier.manifest = manifest(model, isGated: isGated)
        dossier.isGated = isGated
        dossier.lineage = try lineage(incumbent: incumbent, isSealed: isSealed, model: model)
        return dossier
    }

    @Test("has base, recipe, data, the sealed figures with interval and n, the gate's sentences and limits")
    func whole() throws {
        let dossier = try Self.dossier()
        let text = RunCard(dossier, of: .model).text
        for heading in ["# Tiny-1B", "## Training", "## Data", "## Evidence", "## Gate", "## Limits"] {
            #expect(text.contains("\n\(heading)"), "\(heading)")
        }
        let summary = try #require(dossier.summary)
        let mean = summary.after.meanAtK()
        #expect(text.contains("| mean@8 | 200 | ") && text.contains("\(Figures.percent(mean.value)) \(Figures.interval(mean))"))
        #expect(text.contains("\(Figures.signed(summary.comparison.meanAtK.value)) points") && text.contains("n = \(summary.comparison.n)"))
        let step = try #require(dossier.lineage?.steps.first)
        #expect(text.contains("- generation \(step.generation): ") && text.contains("`countdown/1`") && text.contains("`expert-iteration`"))
        #expect(text.contains("Put the licence into the front matter"))
        #expect(!text.contains("/home/me"), "a card is for others")
    }

    @Test("begins with front matter whose results are the sealed ones")
    func frontMatter() throws {
        let lines = RunCard(try Self.dossier(), of: .model).text.split(separator: "\n", omittingEmptySubsequences: false)
        let matter = lines.dropFirst().prefix { $0 != "---" }
        #expect(lines.first == "---" && matter.count < lines.count - 2)
        for line in ["library_name: transformers", #"base_model: "Tiny-1B""#, "base_model_relation: finetune", "model-index:"] {
            #expect(matter.contains { $0 == line }, "\(line)")
        }
        #expect(matter.count { $0.hasPrefix("    - type: ") } == 3 && matter.contains { $0 == "      split: sealed" })
        let adapter = RunCard(try Self.dossier(), of: .adapter).text
        #expect(adapter.contains("\nlibrary_name: peft\n") && adapter.contains("\nbase_model_relation: adapter\n"))
    }

    @Test("claims no sealed result where there is none, or where it is of weights that were withdrawn", arguments: [true, false])
    func unsealed(isFinished: Bool) throws {
        let text = RunCard(try Self.dossier(incumbent: 1, isSealed: isFinished ? false : nil, isFinished: isFinished), of: .model).text
        #expect(!text.contains("model-index") && !text.contains("sealed problems, temperature"))
        #expect(text.contains("held-out problems, temperature 1") && text.contains("makes the figures look better than"))
        #expect(text.contains(isFinished ? "of weights that were withdrawn" : "The run is not finished"))
    }

    @Test("says of weights that nothing was learned in, and of a run without a gate, that they are")
    func marks() throws {
        let base = RunCard(try Self.dossier(incumbent: 0), of: .model).text
        #expect(base.contains("**Nothing was learned:**") && base.contains("No episode was learned from."))
        let ungated = RunCard(try Self.dossier(isGated: false), of: .model).text
        #expect(ungated.contains("**Ungated:**") && ungated.contains("## Gate\n\nNone:"))
        #expect(!RunCard(try Self.dossier(), of: .model).text.contains("**Ungated"))
    }

    @Test("shows names of any origin without what would act in YAML or Markdown")
    func hostile() throws {
        let text = RunCard(try Self.dossier(model: "evil\"\n---\n\\# <b>|`x`"), of: .model).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count { $0 == "---" } == 2)
        let base = try #require(lines.first { $0.hasPrefix("base_model: ") })
        #expect(base.contains(##"evil\"␊---␊\\# "##) && base.hasSuffix("\""), "\(base)")
        let heading = try #require(lines.first { $0.hasPrefix("# ") })
        #expect(lines.count { $0.hasPrefix("# ") } == 1 && heading.contains(##"\<b\>\|\`x\`"##), "\(heading)")
    }
}
