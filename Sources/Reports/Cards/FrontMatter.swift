import Autodidact
import Foundation

/// The YAML between two lines of dashes that Hugging Face reads of a model card.
struct FrontMatter {
    private let card: RunCard

    init(_ card: RunCard) {
        self.card = card
    }

    /// The front matter with its dashes.
    var text: String {
        let head = [
            "library_name: \(card.kind == .model ? "transformers" : "peft")",
            "base_model: \(Self.quoted(card.base))",
            "base_model_relation: \(card.kind == .model ? "finetune" : "adapter")",
            "pipeline_tag: text-generation",
            "tags:",
            "- autodidact",
            "- \(Self.quoted(card.dossier.manifest.recipe))",
        ]
        return (["---"] + head + results + ["---"]).joined(separator: "\n")
    }

    /// The sealed figures in the form of a model index; none where they are not of these weights.
    private var results: [String] {
        guard let sealed = card.sealed else { return [] }
        let metrics = Scores(sealed.after).named.flatMap { name, estimate in
            [
                "    - type: \(Self.quoted(name == "greedy" ? "accuracy" : name))",
                "      name: \(Self.quoted("\(name), 95 % interval \(Figures.interval(estimate))"))",
                "      value: \(String(format: "%.4f", estimate.value))",
            ]
        }
        return [
            "model-index:",
            "- name: \(Self.quoted(card.title))",
            "  results:",
            "  - task:",
            "      type: text-generation",
            "    dataset:",
            "      name: \(Self.quoted("\(card.task), sealed problems, n = \(sealed.after.outcomes.count)"))",
            "      type: \(Self.quoted(card.task))",
            "      split: sealed",
            "    metrics:",
        ] + metrics
    }

    /// A text in double quotes, as JSON writes it, which is YAML too.
    private static func quoted(_ text: String) -> String {
        let escaped = visibleLine(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
