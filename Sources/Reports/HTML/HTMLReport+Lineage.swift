import Autodidact
import Foundation

extension HTMLReport {
    /// What led from one incumbent to the next.
    static func lineage(_ dossier: RunDossier) -> Markup {
        guard let lineage = dossier.lineage, !lineage.steps.isEmpty || !lineage.rollbacks.isEmpty else { return .empty }
        let columns: [Column] = [
            .text("incumbent"), .text("from"), .text("weights"), .text("learned from"), .figures("difference"), .text("now"),
        ]
        let rows = lineage.steps.map { step -> [Markup] in
            let sources = step.data.map { "\($0.episodes) episodes \($0.sha256.map { String($0.prefix(12)) } ?? "(no digest)")" }
            let standing = step.generation == lineage.incumbent ? "incumbent" : step.isAncestor ? "ancestor" : "taken back"
            return [
                "generation \(step.generation)", step.parent == 0 ? "base" : "generation \(step.parent)",
                Markup(text: String(step.weightsHash.prefix(12))), Markup(text: sources.joined(separator: ", ")),
                difference(step.comparison.meanAtK), Markup(text: standing),
            ]
        }
        let settings = lineage.settingsHash.prefix(12), verifier = lineage.verifier ?? "unknown"
        return section(
            "What the incumbent came from",
            note: "Digests are the beginnings of SHA-256: of weights, and of the episodes that were learned from. All with settings "
                + "\(settings), judged by verifier \(verifier)."
        ) {
            table(columns, rows: rows)
            lineage.rollbacks.map { rollback in tag("p", class: "note") { Markup(text: excerpt(of: sentence(rollback), lines: 4)) } }
            if lineage.isSealed == false {
                tag("p", class: "note") {
                    "The sealed result above is that of weights that were rolled back afterwards, not of the present incumbent."
                }
            }
        }
    }

    private static func sentence(_ rollback: RunRollback) -> String {
        let place = rollback.to == 0 ? "to the base" : "to the end of generation \(rollback.to)"
        return "Rolled back by hand \(place) after generation \(rollback.after), \(date(rollback.at))"
            + (rollback.reason.isEmpty ? "." : ": \(rollback.reason)")
    }
}
