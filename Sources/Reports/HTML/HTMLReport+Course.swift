import Autodidact

extension HTMLReport {
    /// Held-out accuracy by generation.
    static func heldOut(_ dossier: RunDossier, _ course: AccuracyPlot) -> Markup {
        section(
            "The course of the run",
            note: dossier.isGated
                ? "The line is the incumbent on held-out problems. A candidate that is not shown to be better is rolled back, so the line "
                    + "moves only where a dot stands on it."
                : "The line is the model on held-out problems after each generation; nothing was rolled back."
        ) {
            if course.trials.isEmpty {
                tag("p") { "No evaluation is committed yet." }
            } else {
                tag("figure") { course.picture() }
            }
        }
    }

    /// What the gate decided, and why.
    static func decisions(_ dossier: RunDossier, _ course: AccuracyPlot) -> Markup {
        let estimates = Dictionary(course.trials.map { ($0.number, $0.candidate) }) { first, _ in first }
        let columns: [Column] = [
            .text("generation"), .text("decision"), .figures("candidate"), .figures("difference"), .figures("p"), .text("why"),
        ]
        let rows = dossier.generations.map { record -> [Markup] in
            let comparison = record.decision.comparison
            return [
                "\(record.number)", outcome(record.decision.outcome, isGated: dossier.isGated),
                estimates[record.number].map(share) ?? "–", difference(comparison.meanAtK), Markup(text: Figures.pValue(comparison.pValue)),
                tag("div", class: "reason") { Markup(text: excerpt(of: record.decision.explanation, lines: 4)) },
            ]
        }
        let promoted = dossier.promotions
        return section(
            "What the gate decided",
            note: dossier.generations.isEmpty
                ? "No generation is committed yet."
                : "\(promoted) promoted, \(dossier.rollbacks) rolled back. Differences are in points against the incumbent of the time, "
                    + "with 95 % intervals and two-sided p-values; the gate itself tests one-sided, at a level that shrinks with every "
                    + "look."
        ) {
            if !dossier.generations.isEmpty { table(columns, rows: rows) }
        }
    }

    private static func outcome(_ outcome: GateDecision.Outcome, isGated: Bool) -> Markup {
        switch outcome {
        case .promoted where !isGated: tag("span", class: "tag open") { "kept, ungated" }
        case .promoted: tag("span", class: "tag good") { "● promoted" }
        case .rolledBack: tag("span", class: "tag bad") { "◇ rolled back" }
        }
    }
}
