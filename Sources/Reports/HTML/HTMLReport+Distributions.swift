import Autodidact

extension HTMLReport {
    /// Rewards and response lengths of the first and the last generation's training episodes.
    static func distributions(_ dossier: RunDossier) -> Markup {
        guard let first = dossier.digests.first, let last = dossier.digests.last else { return .empty }
        let later = first.number == last.number ? nil : last
        return section("What it wrote while learning", note: "Rewards and lengths of the training episodes, as shares of each generation.")
        {
            if later != nil {
                tag("p", class: "legend") {
                    tag("span", class: "item") {
                        tag("span", class: "key earlier")
                        "generation \(first.number)"
                    }
                    tag("span", class: "item") {
                        tag("span", class: "key later")
                        "generation \(last.number)"
                    }
                }
            }
            tag("div", class: "pair") {
                plot("Reward", first, later, \.rewards, axis: "reward")
                plot("Response length", first, later, \.lengths, axis: "tokens")
            }
        }
    }

    private static func plot(
        _ title: String, _ first: GenerationDigest, _ later: GenerationDigest?, _ histogram: KeyPath<GenerationDigest, Histogram>,
        axis: String
    ) -> Markup {
        tag("figure") {
            tag("figcaption") { Markup(text: later == nil ? "\(title), generation \(first.number)" : title) }
            HistogramPlot(
                title: "\(title) of training episodes", earlierName: "generation \(first.number)",
                laterName: "generation \(later?.number ?? first.number)", earlier: first[keyPath: histogram],
                later: later?[keyPath: histogram], axisTitle: axis
            ).picture
        }
    }
}
