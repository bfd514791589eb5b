import Autodidact

extension HTMLReport {
    /// The result first: one sentence, three figures, and the table they come from.
    static func headline(_ dossier: RunDossier) -> Markup {
        tag("header") {
            tag("p", class: "kicker") { "Autodidact · \(dossier.manifest.recipe) on \(dossier.manifest.task) · \(dossier.manifest.runID)" }
            if let summary = dossier.summary {
                finished(dossier, summary)
            } else {
                unfinished(dossier)
            }
            if !dossier.isGated {
                tag("p", class: "notice") {
                    "This run was not gated: every candidate replaced its predecessor, better or not. Only the comparison on sealed "
                    "problems says whether it improved."
                }
            }
            if dossier.manifest.isUnconfined {
                tag("p", class: "notice") {
                    "This run was not confined: programs that the model wrote ran without a sandbox and could read, write and send what "
                    "its user may."
                }
            }
        }
    }

    private static func finished(_ dossier: RunDossier, _ summary: RunSummary) -> Markup {
        let (before, after) = (Scores(summary.before), Scores(summary.after))
        let (comparison, standing) = (summary.comparison, Standing(dossier.lineage))
        return Markup([
            tag("h1") { Markup(text: standing?.headline ?? Conclusion(summary).headline) },
            standing.map { withdrawn($0, Conclusion(summary)) } ?? .empty,
            tag("p", class: "lead") {
                "After \(counted(dossier.generations.count, "generation")) of self-training, "
                tag("code") { "\(dossier.manifest.model)" }
                " \(standing == nil ? "solves" : "solved") \(Figures.percent(after.meanAtK.value)) of its samples on "
                "\(counted(after.n, "sealed problem")), against \(Figures.percent(before.meanAtK.value)) before. These "
                "problems were kept apart from training and from the gate, and read once, at the end."
            },
            tag("div", class: "tiles") {
                tile("mean@\(after.k), before → after") {
                    tag("span", class: "big") {
                        tag("span", class: "from") { Markup(text: Figures.fixed(before.meanAtK.value * 100, 1)) }
                        " → "
                        tag("span", class: "to") { Markup(text: Figures.fixed(after.meanAtK.value * 100, 1)) }
                        tag("span", class: "unit") { " %" }
                    }
                    detail("on \(counted(comparison.n, "problem")), \(counted(after.k, "sample")) each")
                }
                tile("paired difference") {
                    tag("span", class: "big") {
                        Markup(text: Figures.signed(comparison.meanAtK.value))
                        tag("span", class: "unit") { " points" }
                    }
                    detail("95 % interval \(Figures.interval(comparison.meanAtK))")
                    detail("\(Figures.pEquals(comparison.pValue)), sign-flip test")
                    comparison.disagreement.map { detail($0) } ?? .empty
                }
                tile("greedy answers won · lost") {
                    tag("span", class: "big") { "\(comparison.won) · \(comparison.lost)" }
                    detail("\(Figures.pEquals(comparison.mcNemarP)), McNemar test")
                }
            },
            scoreTable(before, after, names: ("before", "after"), comparison: comparison),
        ])
    }

    /// What stands of a run whose sealed result is that of other weights.
    private static func withdrawn(_ standing: Standing, _ conclusion: Conclusion) -> Markup {
        tag("p", class: "notice") {
            "This run was rolled back by hand after it had finished. What stands is \(standing.incumbent), with weights "
            tag("code") { "\(standing.weightsHash)" }
            ". The figures below are those of the weights that were withdrawn, which were found to be: \(conclusion.headline)."
        }
    }

    private static func resumption(of dossier: RunDossier) -> String {
        "autodidact run --resume \(shellQuoted(dossier.manifest.runID))\(dossier.places.store)\(dossier.places.models)"
    }

    private static func unfinished(_ dossier: RunDossier) -> Markup {
        let count = dossier.generations.count
        let committed = dossier.plannedGenerations.map { "\(count) of \(counted($0, "generation"))" } ?? counted(count, "generation")
        return Markup([
            tag("h1") { dossier.baseline == nil ? "Not yet begun" : "Unfinished" },
            tag("p", class: "lead") {
                "This run is unfinished: \(committed) \(count == 1 ? "is" : "are") committed. The sealed problems have not been "
                "read, so nothing is proven yet; what follows are held-out figures, which the gate has already looked at."
            },
            tag("p", class: "notice") {
                "Go on with "
                tag("code") { Markup(text: resumption(of: dossier)) }
                "."
            },
            dossier.baseline.flatMap { base in
                dossier.incumbentEvaluation.map { scoreTable(Scores(base), Scores($0), names: ("base, held-out", "incumbent, held-out")) }
            } ?? .empty,
        ])
    }

    private static func scoreTable(
        _ before: Scores, _ after: Scores, names: (String, String), comparison: PairedComparison? = nil
    ) -> Markup {
        let axis = niceTicks(from: 0, to: 1, about: 4)
        let change = comparison.map { changes(before, after, $0) }
        let columns: [Column] = [
            .text(""), .figures(Markup(text: names.0)), .figures(Markup(text: names.1)),
            .figures(change == nil ? "" : "change, points"),
            .picture(IntervalRow.head(axis) { Figures.fixed($0 * 100, 0) + " %" }),
        ]
        let rows = zip(before.named, after.named).enumerated().map { index, pair -> [Markup] in
            let (old, new) = pair
            return [
                Markup(text: old.name), share(old.estimate), share(new.estimate), change?[index] ?? .empty,
                IntervalRow.beforeAfter(old.estimate, new.estimate, axis: axis),
            ]
        }
        return Markup([
            table(columns, rows: rows),
            tag("p", class: "legend") {
                "mean@\(after.k): share of \(counted(after.k, "sample")) that \(after.k == 1 ? "is" : "are") correct. "
                "pass@\(after.k): at least one of \(after.k) is. "
                "greedy: the most probable answer is. Brackets and whiskers are 95 % intervals."
            },
        ])
    }

    /// Each change with what is known of its chance, in the order of `Scores.named`.
    private static func changes(_ before: Scores, _ after: Scores, _ comparison: PairedComparison) -> [Markup] {
        [
            difference(comparison.meanAtK),
            figure(Figures.signed(after.passAtK.value - before.passAtK.value), "not tested"),
            figure(Figures.signed(comparison.greedyDifference), Figures.pEquals(comparison.mcNemarP)),
        ]
    }

    private static func tile(_ label: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("div", class: "tile") {
            tag("span", class: "label") { Markup(text: label) }
            content()
        }
    }

    private static func detail(_ text: String) -> Markup { tag("span", class: "detail") { Markup(text: text) } }
}
