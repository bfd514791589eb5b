import Autodidact

extension RunCard {
    /// What the weights were found to be.
    var evidence: String { "## Evidence\n\n" + finding }

    private var finding: String {
        if let sealed {
            return """
                **\(Conclusion(sealed).headline).** Problems that neither training nor gate had read, read once, at the end; in brackets \
                the 95 % interval in percent.

                \(Self.table(before: sealed.before, after: sealed.after))

                Paired difference in \(Scores(sealed.after).named[0].name): \(Self.difference(sealed.comparison)).
                """
        }
        guard let before = dossier.baseline, let after = dossier.incumbentEvaluation else { return "None: nothing was measured." }
        let reason =
            dossier.summary == nil
            ? "The run is not finished, so there is no sealed result."
            : "The sealed result is of weights that were withdrawn, so there is none of these."
        return """
            \(reason) Held-out problems, which the gate reads in every generation: choosing by them makes the figures look better than \
            they are. In brackets the 95 % interval in percent.

            \(Self.table(before: before, after: after))
            """
    }

    private static func table(before: EvaluationResult, after: EvaluationResult) -> String {
        let (old, new) = (Scores(before), Scores(after))
        let rows = zip(old.named, new.named).map { row in
            "| \(row.1.name) | \(new.n) | \(cell(row.0.estimate)) | \(cell(row.1.estimate)) |"
        }
        let heads = "| \(after.split.rawValue) problems, temperature \(Figures.plain(Double(after.temperature))) | n | base | these |"
        return ([heads, "|---|---:|---:|---:|"] + rows).joined(separator: "\n")
    }

    private static func cell(_ estimate: Estimate) -> String { "\(Figures.percent(estimate.value)) \(Figures.interval(estimate))" }

    private static func difference(_ comparison: PairedComparison) -> String {
        "\(Figures.signed(comparison.meanAtK.value)) points \(Figures.interval(comparison.meanAtK)), \(Figures.pEquals(comparison.pValue)) "
            + "(sign-flip test), n = \(comparison.n); greedy answers: \(comparison.won) won, \(comparison.lost) lost"
            + (comparison.disagreement.map { ". Note: \($0)" } ?? "")
    }

    /// What the gate decided on the way.
    var gate: String {
        guard dossier.isGated else { return "## Gate\n\nNone: every candidate was kept, better or not." }
        let steps = dossier.lineage?.steps.filter(\.isAncestor) ?? []
        let count = "\(dossier.promotions) of \(counted(dossier.generations.count, "candidate")) promoted"
        let lines = steps.map { step in
            "- generation \(step.generation): \(Markdown.text(step.reason))"
        }
        let rollbacks = dossier.lineage?.rollbacks ?? []
        let back = rollbacks.isEmpty ? "" : ", \(counted(rollbacks.count, "rollback")) by hand"
        return (["## Gate", "", "\(count)\(back)."] + (lines.isEmpty ? [] : [""] + lines)).joined(separator: "\n")
    }
}
