import Autodidact
import Foundation

extension HTMLReport {
    /// What was run, exactly enough to run it again.
    static func provenance(_ dossier: RunDossier) -> Markup {
        let manifest = dossier.manifest
        let settings = flattenedSettings(manifest.settings)
        return section("What was run") {
            facts(
                [
                    ("run", manifest.runID), ("recipe", manifest.recipe), ("task", manifest.task),
                ] + file(manifest) + [
                    ("model", manifest.model), ("seed", "\(manifest.seed)"), ("created", date(manifest.createdAt)),
                    ("generations", "\(dossier.generations.count)" + (dossier.plannedGenerations.map { " of \($0)" } ?? "")),
                    ("tokens sampled", Figures.count(dossier.generations.reduce(0) { $0 + $1.tokensSampled }) + " for training"),
                    ("tokens trained", Figures.count(dossier.generations.reduce(0) { $0 + $1.tokensTrained })),
                ] + confinement(manifest) + (manifest.adapter.map { [("adapter", $0.inWords + ", over the model's own weights")] } ?? [])
                    + [
                        (
                            manifest.adapter == nil ? "weights" : "the adapter's weights",
                            Standing(dossier.lineage)?.weightsHash ?? dossier.summary?.weightsHash
                                ?? dossier.incumbentEvaluation?.weightsHash ?? "–"
                        )
                    ] + manifest.versions.sorted { $0.key < $1.key }.map { ("version of \($0.key)", $0.value) }
            )
            tag("h3") { "To run it again" }
            tag("pre", class: "command") { Markup(text: dossier.command ?? reproduction(of: dossier, settings)) }
            tag("h3") { "Settings" }
            if let settings {
                facts(settings.map { ($0.key, $0.value) })
            } else {
                tag("pre") { Markup(text: excerpt(of: manifest.settings)) }
            }
        }
    }

    /// Where a task's problems are from, if from a file.
    private static func file(_ manifest: RunManifest) -> [(String, String)] {
        manifest.taskFile.map { [("task file", $0.path), ("its SHA-256", $0.contentHash), ("verifier", $0.verifier)] } ?? []
    }

    /// What surrounded the programs of the policy, where it wrote any.
    private static func confinement(_ manifest: RunManifest) -> [(String, String)] {
        guard let confinement = manifest.confinement else { return [] }
        return [("programs", confinement == .sandbox ? "in a sandbox" : "without a sandbox")]
    }

    /// The task as the command line names it.
    private static func taskWords(_ manifest: RunManifest) -> [String] {
        guard let file = manifest.taskFile else { return ["--task", manifest.task] }
        return ["--task", file.path, "--verifier", file.verifier] + (file.promptField.map { ["--prompt-field", $0] } ?? [])
            + (file.answerField.map { ["--answer-field", $0] } ?? [])
    }

    private static func facts(_ facts: [(String, String)]) -> Markup {
        tag("dl") {
            facts.map { name, value in
                Markup([
                    tag("dt") { Markup(text: excerpt(of: name, lines: 1)) }, tag("dd") { Markup(text: excerpt(of: value, lines: 8)) },
                ])
            }
        }
    }

    static func date(_ seconds: Double) -> String {
        // The years 1 to 9999; beyond, calendars disagree and formatting may fail.
        guard seconds.isFinite && abs(seconds) < 6e10 else { return "–" }
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }

    private static func reproduction(of dossier: RunDossier, _ settings: [Setting]?) -> String {
        let manifest = dossier.manifest
        var words = ["autodidact", "run", manifest.recipe] + taskWords(manifest)
        words += ["--model", manifest.model, "--seed", "\(manifest.seed)"]
        if manifest.isUnconfined { words.append("--unsafe-exec") }
        if let planned = dossier.plannedGenerations { words += ["--generations", "\(planned)"] }
        let named = Set(["seed", dossier.plannedGenerations == nil ? "" : "generations"])
        let changes = (settings ?? []).filter { !named.contains($0.key) }.map { "  --set " + shellQuoted("\($0.key)=\($0.value)") }
        return ([words.map(shellQuoted).joined(separator: " ") + dossier.places.models] + changes).joined(separator: " \\\n")
    }
}
