public import Autodidact

/// What a finished run has to say on a terminal: the result and its evidence first, then the course, the cost and how to go on.
///
/// - Parameters:
///   - places: What commands need to find the run and its model.
///   - advice: What may be done where nothing was promoted; told only then.
///   - lineage: Tells whether the run was rolled back after its sealed result, which is then not that of what stands.
public func runSummaryText(
    summary: RunSummary, records: [GenerationRecord], manifest: RunManifest, reportPath: String?,
    places: CommandPlaces = CommandPlaces(), advice: String? = nil, lineage: RunLineage? = nil, color: TerminalColor
) -> String {
    let (conclusion, standing) = (Conclusion(summary), Standing(lineage))
    let style: StyledText.Style = conclusion == .better ? .good : conclusion == .worse ? .bad : .strong
    let ungated = manifest.isGated ? [] : [StyledText("Ungated: every candidate was kept, better or not", .bad)]
    let unconfined = manifest.isUnconfined ? [StyledText("Unconfined: programs that the model wrote ran without a sandbox", .bad)] : []
    let title = [
        StyledText("\(manifest.recipe) on \(manifest.task) · \(manifest.model) · seed \(manifest.seed) · run \(manifest.runID)", .soft),
        StyledText(standing?.headline ?? conclusion.headline, standing == nil ? style : .bad),
    ]
    let withdrawn = standing.map { _ in [StyledText("What they were found to be: \(conclusion.headline)", .soft)] } ?? []
    let heading = title + withdrawn + ungated + unconfined + [StyledText()]
    let scores = scoreTable(
        before: Scores(summary.before), after: Scores(summary.after),
        heads: (counted(summary.after.outcomes.count, "sealed problem"), "before", "after"))
    let isOnlyBase = conclusion.isUnchanged && standing == nil
    let rows =
        (isOnlyBase ? advice.map { [("advice", $0)] } ?? [] : [])
        + comparisonFacts(summary.comparison) + courseFacts(summary, records, isGated: manifest.isGated)
        + learned(summary, manifest, standing)
        + nextSteps(manifest, reportPath, places, isOnlyBase: isOnlyBase, standing: standing)
    let facts = table(
        columns: [TextColumn(""), TextColumn("")],
        rows: rows.map { [StyledText($0.0, .soft), StyledText($0.1)] },
        indent: 2
    )
    return (heading + scores + [StyledText()] + facts).map { $0.rendered(color) }.joined(separator: "\n")
}

/// mean@k, pass@k and greedy side by side.
func scoreTable(before: Scores, after: Scores, heads: (String, String, String)) -> [StyledText] {
    func cells(_ estimate: Estimate, _ style: StyledText.Style) -> [StyledText] {
        [StyledText(Figures.percent(estimate.value), style), StyledText(Figures.interval(estimate), .soft)]
    }
    return table(
        columns: [
            TextColumn(heads.0), TextColumn(heads.1, isRightAligned: true), TextColumn("", isRightAligned: true),
            TextColumn(heads.2, isRightAligned: true), TextColumn("", isRightAligned: true),
        ],
        rows: zip(before.named, after.named).map { old, new in
            [StyledText(old.name)] + cells(old.estimate, .plain) + cells(new.estimate, .strong)
        },
        indent: 2
    )
}

/// A paired comparison in two lines, and one more where its two methods disagree.
func comparisonFacts(_ comparison: PairedComparison) -> [(String, String)] {
    let difference =
        "\(Figures.signed(comparison.meanAtK.value)) points \(Figures.interval(comparison.meanAtK)), "
        + "\(Figures.pEquals(comparison.pValue)), n = \(comparison.n)"
    let greedy = "\(comparison.won) won, \(comparison.lost) lost, \(Figures.pEquals(comparison.mcNemarP))"
    return [("difference", difference)] + (comparison.disagreement.map { [("note", $0)] } ?? []) + [("greedy", greedy)]
}

private func courseFacts(_ summary: RunSummary, _ records: [GenerationRecord], isGated: Bool) -> [(String, String)] {
    let promoted = records.count { $0.decision.outcome == .promoted }
    let tokens = (sampled: records.reduce(0) { $0 + $1.tokensSampled }, trained: records.reduce(0) { $0 + $1.tokensTrained })
    let phases = Phase.allCases.map { "\($0.rawValue) \(Figures.seconds(summary.seconds[$0]))" }.joined(separator: " · ")
    let gate = isGated ? "\(promoted) promoted, \(records.count - promoted) rolled back" : "none: \(promoted) kept"
    return [("gate", "\(gate) in \(counted(records.count, "generation"))")] + safetyFacts(records, isGated: isGated) + [
        ("tokens", "\(Figures.count(tokens.sampled)) sampled, \(Figures.count(tokens.trained)) trained"),
        ("time", "\(Figures.seconds(summary.wallSeconds)): \(phases)\(unexplained(summary))"),
    ]
}

/// The time that no phase accounts for; nothing where that is less than can be seen, as it should be.
private func unexplained(_ summary: RunSummary) -> String {
    let seconds = summary.wallSeconds - summary.seconds.total
    return seconds >= max(0.5, summary.wallSeconds / 100) ? " · unexplained \(Figures.seconds(seconds))" : ""
}

/// What the run leaves behind: the hash of its weights, or of its adapter's, and of what stands where these were withdrawn.
private func learned(_ summary: RunSummary, _ manifest: RunManifest, _ standing: Standing?) -> [(String, String)] {
    if let standing {
        return [("withdrawn", summary.weightsHash), ("stands", "\(standing.incumbent), \(standing.weightsHash)")]
    }
    let isUnchanged = summary.before.weightsHash == summary.after.weightsHash
    guard let adapter = manifest.adapter else {
        return [("weights", summary.weightsHash + (isUnchanged ? ", the base model's: nothing was promoted" : ""))]
    }
    return [
        ("adapter", "\(adapter.inWords), over the weights of \(manifest.model), which stay as they are"),
        ("learned", isUnchanged ? "nothing: no candidate was promoted" : "the adapter \(summary.weightsHash)"),
    ]
}

/// What rang and what was audited; nothing where nothing was.
private func safetyFacts(_ records: [GenerationRecord], isGated: Bool) -> [(String, String)] {
    let alarms = records.filter { !$0.alarms.isEmpty }.map { "\($0.alarms.map(\.name).joined(separator: ", ")) in generation \($0.number)" }
    let audits = records.compactMap(\.audit)
    let audited = audits.reduce(0) { $0 + $1.audited }
    return (alarms.isEmpty ? [] : [("alarms", alarms.joined(separator: "; "))])
        + (pausesInWords(records, isGated: isGated).map { [("paused", $0)] } ?? [])
        + (audited == 0 ? [] : [("audit", "\(audits.reduce(0) { $0 + $1.rejected }) of \(audited) accepted responses rejected")])
}

/// Where the report is, and how what was learned is taken along; nothing of the latter where only the base would be.
private func nextSteps(
    _ manifest: RunManifest, _ reportPath: String?, _ places: CommandPlaces, isOnlyBase: Bool, standing: Standing?
) -> [(String, String)] {
    let run = shellQuoted(manifest.runID) + places.store
    let report = ("report", reportPath ?? "autodidact report \(run)")
    guard !isOnlyBase else { return [report] }
    if let standing, standing.isBase {
        return [report, ("take back", "autodidact rollback \(run) --to \(standing.withdrawn)")]
    }
    let export =
        "autodidact export \(run)\(places.models) "
        + (manifest.adapter == nil ? "--model DIR" : "--adapter DIR, or --model DIR with it merged")
    return [report, ("go on", export)]
}
