import Autodidact

extension HTMLReport {
    /// The same comparison, level by level: on sealed problems where they were read, on held-out ones otherwise.
    static func levels(_ dossier: RunDossier) -> Markup {
        let sides =
            dossier.summary.map { (before: $0.before, after: $0.after) }
            ?? dossier.baseline.flatMap { base in dossier.incumbentEvaluation.map { (before: base, after: $0) } }
        guard let sides else { return .empty }
        let numbers = Set(sides.before.outcomes.map(\.level)).union(sides.after.outcomes.map(\.level)).sorted()
        let found = numbers.map { LevelComparison(level: $0, before: sides.before, after: sides.after) }
        let known = found.compactMap { $0.difference?.meanAtK }
        let axis = niceTicks(from: min(0, known.map(\.low).min() ?? 0), to: max(0, known.map(\.high).max() ?? 0.1), about: 4)
        let columns: [Column] = [
            .text("level"), .figures("problems"), .figures("before"), .figures("after"), .figures("difference, points"),
            .picture(IntervalRow.head(axis) { ($0 > 0 ? "+" : "") + Figures.fixed($0 * 100, decimals(for: axis.map { $0 * 100 })) }),
        ]
        let rows = found.map { row -> [Markup] in
            [
                "\(row.level)", "\(row.after.outcomes.count)", share(row.before.meanAtK()), share(row.after.meanAtK()),
                row.difference.map { difference($0.meanAtK) } ?? "–",
                row.difference.map { IntervalRow.difference($0.meanAtK, axis: axis) } ?? .empty,
            ]
        }
        return section(
            "By level",
            note:
                "mean@\(sides.after.samplesPerProblem) on \(sides.after.split == .sealed ? "sealed" : "held-out") problems; a higher level "
                + "is harder. Intervals are for each level alone."
        ) {
            table(columns, rows: rows)
        }
    }
}

/// The problems of one level, before and after.
private struct LevelComparison {
    let level: Int
    let before: EvaluationResult
    let after: EvaluationResult
    /// Nil where the two sides have no judged problem in common.
    let difference: PairedComparison?

    init(level: Int, before: EvaluationResult, after: EvaluationResult) {
        self.level = level
        self.before = before.restricted(toLevel: level)
        self.after = after.restricted(toLevel: level)
        do throws(ComparisonError) {
            difference = try PairedComparison.between(incumbent: self.before, candidate: self.after)
        } catch {
            // A level that cannot be compared is shown as a dash.
            difference = nil
        }
    }
}

extension EvaluationResult {
    /// The outcomes of one level; tokens and unscorable verdicts are known only in all, and stay.
    fileprivate func restricted(toLevel level: Int) -> EvaluationResult {
        EvaluationResult(
            split: split, samplesPerProblem: samplesPerProblem, temperature: temperature, weightsHash: weightsHash,
            outcomes: outcomes.filter { $0.level == level }, tokens: tokens, meanTokens: meanTokens, unscorable: unscorable
        )
    }
}
