import Autodidact
import Reports

/// What `autodidact plan` says.
struct RunPlan: Encodable {
    let recipe: String
    let task: String
    let model: String
    let cost: RunCost
    let settings: [ComposedRun.SettingLine]
    /// The file of the task and its problems by split; absent for a task of the catalogue.
    let file: File?

    /// A task from a file.
    struct File: Encodable {
        let path: String
        let verifier: String
        let contentHash: String
        let problems: [String: Int]
    }

    init(_ run: ComposedRun, model: String, cost: RunCost) {
        (recipe, task) = (run.card.slug, run.family.card.slug)
        (self.model, self.cost, settings) = (model, cost, run.lines)
        file = run.taskFile.map { file in
            File(
                path: file.path, verifier: file.verifier, contentHash: file.contentHash,
                problems: Dictionary(
                    uniqueKeysWithValues: Split.allCases.map {
                        ($0.rawValue, run.task.count($0, levels: run.settings.levels) ?? 0)
                    }))
        }
    }

    /// What is in the task's file, for people.
    private var fileRows: [[String]] {
        guard let file else { return [] }
        let splits = Split.allCases.map { "\(file.problems[$0.rawValue] ?? 0) \($0.rawValue)" }
        return [["file", file.path], ["problems", splits.joined(separator: ", ") + ", verifier \(file.verifier)"]]
    }

    /// The plan for people: what is changed from the defaults is marked.
    func text(width: Int?, color: TerminalColor) -> String {
        let seconds = [
            ("sample", cost.seconds.sample), ("verify", cost.seconds.verify), ("train", cost.seconds.train),
            ("evaluate", cost.seconds.evaluate),
        ]
        let facts = table(
            columns: [TextColumn(""), TextColumn("")],
            rows: [["run", "\(recipe) on \(task) with \(model)"]] + fileRows + [
                ["generations", "\(cost.generations)"],
                ["samples", "\(Figures.count(cost.samples)) on \(Figures.count(cost.problems)) training problems"],
                ["evaluation", "\(Figures.count(cost.evaluationSamples)) samples on held-out and sealed problems"],
                ["training", "at most \(Figures.count(cost.sequencesTrained)) sequences in \(Figures.count(cost.optimizerSteps)) steps"],
                ["tokens", "about \(Figures.count(cost.tokensSampled)) sampled, at most \(Figures.count(cost.tokensTrained)) trained"],
                ["memory", "about \(Figures.count(cost.megabytes.rounded())) MB"],
                [
                    "time",
                    "about \(Figures.seconds(cost.seconds.total)): "
                        + seconds.map { "\($0.0) \(Figures.seconds($0.1))" }.joined(separator: " · "),
                ],
            ], width: width, color: color)
        let list = table(
            columns: [TextColumn("setting"), TextColumn("value", isRightAligned: true), TextColumn(""), TextColumn("")],
            rows: settings.map { [$0.key, $0.value.isEmpty ? "–" : $0.value, $0.isDefault ? "" : "changed", $0.help] }, width: width,
            color: color)
        return facts + "\n\n" + list
    }
}
