public import Autodidact

/// An evaluation on a terminal; a model named by its path is named by the last part of it.
public func evaluationText(model: String, task: String, result: EvaluationResult, color: TerminalColor) -> String {
    let scores = Scores(result)
    let lines = table(
        columns: [TextColumn(counted(scores.n, "\(result.split.rawValue) problem")), TextColumn("", isRightAligned: true), TextColumn("")],
        rows: scores.named.map {
            [
                StyledText($0.name), StyledText(Figures.percent($0.estimate.value), .strong),
                StyledText(Figures.interval($0.estimate), .soft),
            ]
        },
        indent: 2
    )
    let note =
        "\(Figures.count(result.tokens)) tokens, \(Figures.plain(result.meanTokens)) for each sample, \(result.unscorable) unscorable"
    return ([StyledText("\(shortName(model)) on \(task)", .soft)] + lines + [StyledText("  " + note, .soft)])
        .map { $0.rendered(color) }.joined(separator: "\n")
}

/// Two models on the same problems, on a terminal; of paths as much is shown as tells them apart.
public func comparisonText(
    task: String, incumbent: (name: String, result: EvaluationResult), candidate: (name: String, result: EvaluationResult),
    comparison: PairedComparison, color: TerminalColor
) -> String {
    let (result, names) = (incumbent.result, shortNames([incumbent.name, candidate.name]))
    let scores = scoreTable(
        before: Scores(result), after: Scores(candidate.result),
        heads: (counted(result.outcomes.count, "\(result.split.rawValue) problem"), names[0], names[1])
    )
    let facts = table(
        columns: [TextColumn(""), TextColumn("")],
        rows: comparisonFacts(comparison).map { [StyledText($0.0, .soft), StyledText($0.1)] },
        indent: 2
    )
    return ([StyledText("\(names[1]) against \(names[0]) on \(task)", .soft)] + scores + [StyledText()] + facts)
        .map { $0.rendered(color) }.joined(separator: "\n")
}
