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
    /// Why nothing is audited though the settings ask for it; absent where something is, or nothing is to be.
    let audit: String?
    /// What speaks against the run; absent where nothing is known to.
    let note: String?

    /// A task from a file.
    struct File: Encodable {
        let path: String
        let verifier: String
        let contentHash: String
        let problems: [String: Int]
    }

    init(_ run: ComposedRun, model: OpenedModel, cost: RunCost) {
        (recipe, task) = (run.card.slug, run.family.card.slug)
        (self.model, self.cost, settings) = (model.name, cost, run.lines.filter { $0.key != "levels" || run.family.card.levels.count > 1 })
        audit = run.settings.audit.absence(for: run.family)
        note = run.advice(model: model.name, taught: model.taughtTasks)
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

    /// A count in three digits with its noun.
    private static func count(_ number: Int, _ noun: String) -> String { "\(Figures.count(number)) \(plural(noun, number))" }

    private var samples: String {
        let number = Figures.count(cost.samples)
        return (cost.searchedSamples > 0 ? "at most \(number), found by searches," : number)
            + " on \(Self.count(cost.problems, "training problem"))"
            + (cost.turnsPerEpisode > 1 ? ", of at most \(cost.turnsPerEpisode) turns" : "")
    }

    /// What is sampled outside rollouts.
    private var continuationRows: [[String]] {
        var rows: [[String]] = []
        if cost.continuations > 0 {
            rows.append(["more samples", "at most \(Figures.count(cost.continuations)) of a turn or less, by searches and steps"])
        }
        if cost.writtenScores > 0 { rows.append(["written scores", "at most \(Figures.count(cost.writtenScores)), by judges"]) }
        return rows
    }

    /// What references and judges read.
    private var scoringRows: [[String]] {
        let parts = [("references", cost.referenceSequences), ("judges", cost.probeSequences)].filter { $0.1 > 0 }
        guard !parts.isEmpty else { return [] }
        return [["scoring", "at most " + parts.map { "\(Self.count($0.1, "sequence")) by \($0.0)" }.joined(separator: ", ")]]
    }

    private var criticRows: [[String]] {
        guard cost.criticSequences > 0 else { return [] }
        return [["critics", "at most \(Self.count(cost.criticSequences, "sequence")) in \(Self.count(cost.criticSteps, "step"))"]]
    }

    private var tokens: String {
        let bound = cost.continuations > 0 || cost.writtenScores > 0 ? "at most" : "about"
        return "\(bound) \(Figures.count(cost.tokensSampled)) sampled, at most \(Figures.count(cost.tokensTrained)) trained"
            + (cost.tokensScored > 0 ? ", at most \(Figures.count(cost.tokensScored)) scored" : "")
    }

    /// The plan for people: what is changed from the defaults is marked.
    func text(width: Int?, color: TerminalColor) -> String {
        let seconds = [
            ("sample", cost.seconds.sample), ("verify", cost.seconds.verify), ("train", cost.seconds.train),
            ("evaluate", cost.seconds.evaluate),
        ]
        var facts = [["run", "\(recipe) on \(task) with \(model)"]] + fileRows
        facts.append(["generations", "\(cost.generations)"])
        facts.append(["samples", samples])
        facts += continuationRows
        facts.append(["evaluation", "\(Self.count(cost.evaluationSamples, "sample")) on held-out and sealed problems"])
        facts += scoringRows
        facts.append([
            "training", "at most \(Self.count(cost.sequencesTrained, "sequence")) in \(Self.count(cost.optimizerSteps, "step"))",
        ])
        facts += criticRows
        if let audit { facts.append(["audit", audit]) }
        facts.append(["tokens", tokens])
        facts.append(["memory", "about \(Figures.count(cost.megabytes.rounded())) MB"])
        facts.append([
            "time",
            "about \(Figures.seconds(cost.seconds.total)) on this machine as busy as it is now: "
                + seconds.map { "\($0.0) \(Figures.seconds($0.1))" }.joined(separator: " · "),
        ])
        let list = table(
            columns: [TextColumn("setting"), TextColumn("value", isRightAligned: true), TextColumn(""), TextColumn("")],
            rows: settings.map { [$0.key, $0.value.isEmpty ? "–" : $0.value, $0.isDefault ? "" : "changed", $0.help] }, width: width,
            color: color)
        return table(columns: [TextColumn(""), TextColumn("")], rows: facts, width: width, color: color) + "\n\n" + list
            + (note.map { "\n\nnote: " + $0 } ?? "")
    }
}
