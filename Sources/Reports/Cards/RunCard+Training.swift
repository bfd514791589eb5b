import Autodidact

extension RunCard {
    /// What was done, exactly enough to do it again.
    var training: String {
        let manifest = dossier.manifest
        let tokens = dossier.generations.reduce((0, 0)) { ($0.0 + $1.tokensSampled, $0.1 + $1.tokensTrained) }
        let engine = manifest.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let facts: [(String, String?)] = [
            ("base", Markdown.code(base) + (dossier.lineage.map { ", weights \(Markdown.code($0.baseHash))" } ?? "")),
            ("recipe", Markdown.code(manifest.recipe)),
            ("adapter", manifest.adapter.map { Markdown.text($0.inWords) + (kind == .model ? ", merged" : "") }),
            ("generations", "\(dossier.generations.count)\(dossier.summary == nil ? ", not finished" : "")"),
            ("seed", "\(manifest.seed)"),
            ("tokens", "\(Figures.count(tokens.0)) sampled, \(Figures.count(tokens.1)) trained"),
            ("verifier", manifest.versions["verifier"].map(Markdown.code)),
            ("versions", Markdown.text(engine)),
            ("weights", dossier.lineage.map { Markdown.code($0.incumbentHash) }),
        ]
        let rows = facts.compactMap { name, value in value.map { "| \(name) | \($0) |" } }
        return "## Training\n\n| | |\n|---|---|\n" + rows.joined(separator: "\n")
            + "\n\nWhat led from one incumbent to the next is in `autodidact-lineage.json`."
    }

    /// What was learned from.
    var data: String {
        let manifest = dossier.manifest
        var source = "Problems of the task \(Markdown.code(task))"
        if let file = manifest.taskFile { source += ", a file with SHA-256 \(Markdown.code(file.contentHash))" }
        let used = dossier.lineage?.steps.filter(\.isAncestor).flatMap(\.data).map(\.generation) ?? []
        let records = dossier.generations.filter { used.contains($0.number) }
        let (episodes, correct) = records.reduce((0, 0)) { ($0.0 + $1.episodes, $0.1 + $1.correct) }
        let unscorable = records.reduce(0) { $0 + $1.unscorable }
        let learned =
            records.isEmpty
            ? "No episode was learned from."
            : "These weights were learned from \(episodes) episodes that the model itself made in "
                + "\(counted(records.count, "generation")): \(correct) judged right, \(episodes - correct - unscorable) wrong; "
                + "\(unscorable) could not be judged and taught nothing."
        return """
            ## Data

            \(source). All are of the training split: a problem's content decides where it belongs, and those that measure never teach. \
            \(learned)
            """
    }
}
