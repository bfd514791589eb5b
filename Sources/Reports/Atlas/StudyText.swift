import Autodidact
public import Studies

/// A finished study on a terminal: the verdict, the arms, and check by check what it rests on.
///
/// A quick one shows that its parts work, so it has neither intervals nor checks.
public func studyText(_ record: StudyRecord, color: TerminalColor) -> String {
    let style: StyledText.Style =
        switch record.verdict {
        case .reproduced: .good
        case .partly: .strong
        case .notReproduced: .bad
        }
    let heading = [
        StyledText("\(record.title) (arXiv:\(record.arxiv)) · \(record.model.name) · \(counted(record.seeds, "seed"))", .soft),
        record.isJudged
            ? StyledText(record.outcome, style)
            : StyledText("quick form: every part works; too small for a verdict, intervals or checks", .strong),
        StyledText(),
    ]
    let arms = table(
        columns: [
            TextColumn(record.quantity.title), TextColumn("mean", isRightAligned: true),
            TextColumn(record.isJudged ? "95 % over seeds" : ""), TextColumn("tokens a seed", isRightAligned: true),
            TextColumn("time a seed", isRightAligned: true),
        ],
        rows: record.arms.map { arm in
            [
                StyledText(arm.name), StyledText(record.quantity.text(arm.estimate), .strong),
                StyledText(record.isJudged ? record.quantity.interval(arm.low, arm.high) : "", .soft),
                StyledText(Figures.count(arm.meanSampledTokens)),
                StyledText(Figures.seconds(arm.measuredSeconds.reduce(0, +) / Double(max(1, arm.measuredSeconds.count)))),
            ]
        },
        indent: 2)
    let checks = (record.isJudged ? record.checks : []).flatMap { check in
        [
            StyledText(check.holds ? "  holds   " : "  fails   ", check.holds ? .good : .bad) + StyledText(check.name, .strong)
                + StyledText(" (\(check.weight.rawValue)): \(check.text)"),
            StyledText("          " + check.figures.map(\.text).joined(separator: " · "), .soft),
        ]
    }
    return (heading + arms + (checks.isEmpty ? [] : [StyledText()] + checks)).map { $0.rendered(color) }.joined(separator: "\n")
}
