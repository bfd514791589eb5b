import Autodidact
import Foundation

/// The model card of what a run made: a `README.md` with Hugging Face's front matter, written from the run's records alone.
///
/// Base, recipe, data, evidence with its interval and n, what the gate decided, and limits. Names are those that were given, without the
/// folders that they lay in: a card is for others to read.
public struct RunCard {
    /// What the card lies beside.
    public enum Kind: Sendable, Hashable {
        /// A whole model, an adapter merged into it where one was trained.
        case model
        /// An adapter alone, for PEFT.
        case adapter
    }

    let dossier: RunDossier
    let kind: Kind

    /// The card of a run's incumbent; of a dossier without episodes nothing is missing.
    public init(_ dossier: RunDossier, of kind: Kind) {
        (self.dossier, self.kind) = (dossier, kind)
    }

    /// The card as Markdown.
    public var text: String {
        let sections = [FrontMatter(self).text, head, training, data, evidence, gate, limits]
        return sections.joined(separator: "\n\n") + "\n"
    }

    /// The base model's name: of a folder its last part.
    var base: String { Self.lastPart(of: dossier.manifest.model) }

    /// The task's name: of a file its last part.
    var task: String { dossier.manifest.task }

    var title: String { "\(base), \(dossier.manifest.recipe) on \(task)" }

    /// Whether the incumbent is the base.
    var isBase: Bool { dossier.lineage.map { $0.incumbent == 0 } ?? (dossier.promotions == 0) }

    /// The sealed result, where there is one and it is of these weights.
    var sealed: RunSummary? { dossier.lineage?.isSealed == false ? nil : dossier.summary }

    private var head: String {
        let manifest = dossier.manifest
        let what = kind == .model ? "A model" : "An adapter"
        var lines = [
            "# \(Markdown.text(title))", "",
            "\(what) that \(Markdown.code(base)) became by teaching itself a task that can be checked, written by Autodidact from run "
                + "\(Markdown.code(manifest.runID)).",
        ]
        if isBase {
            lines += ["", "**Nothing was learned:** these are the weights that the run began with."]
        }
        if !dossier.isGated {
            lines += ["", "**Ungated:** every candidate replaced its predecessor, better or not."]
        }
        if manifest.isUnconfined {
            lines += ["", "**Unconfined:** programs that the model wrote ran without a sandbox, and could have touched what judged them."]
        }
        return lines.joined(separator: "\n")
    }

    private var limits: String {
        let measured = sealed?.after ?? dossier.incumbentEvaluation
        let extent = measured.map { "on \(counted($0.outcomes.count, "\($0.split.rawValue) problem")) of this task" } ?? "nowhere"
        let retained = dossier.incumbentEvaluation?.skills.map(\.name) ?? []
        return """
            ## Limits

            - Shown is what the table shows, \(extent), at the temperature of the table. Nothing else was measured\
            \(retained.isEmpty ? "" : " but what the gate had to retain: " + retained.map(Markdown.code).joined(separator: ", ")); other \
            abilities of the base may have been lost.
            - Right means what the verifier accepts. Its errors, where it has any, were learned too.
            - The base's own limits, data and licence hold on; Autodidact does not know them. Put the licence into the front matter before \
            this is published.
            """
    }

    private static func lastPart(of path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
}
