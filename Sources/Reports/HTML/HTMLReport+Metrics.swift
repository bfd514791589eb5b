import Autodidact

extension HTMLReport {
    /// Every named figure of the generations that no monitor has, the common ones first.
    static func metrics(_ dossier: RunDossier) -> Markup {
        let numbers = dossier.generations.map(\.number)
        guard let first = numbers.min(), let last = numbers.max() else { return .empty }
        return section("Training, generation by generation", note: "Each plot has its own scale. Names are those of docs/METRICS.md.") {
            multiples(series(dossier.generations), generations: first...last, explained: dossier.metrics)
        }
    }

    /// Figures side by side, each by generation on a scale of its own.
    static func multiples(_ series: [Series], generations: ClosedRange<Int>, explained: [MetricCard]) -> Markup {
        tag("div", class: "multiples") {
            series.map { series in
                let card = explained.first { $0.name == series.name }
                return tag("figure", ["title": card.map { "\($0.unit): \($0.meaning)" } ?? series.name]) {
                    tag("figcaption") {
                        tag("span", class: "name") { Markup(text: series.name) }
                        tag("span", class: "last") { Markup(text: range(of: series)) }
                    }
                    SmallMultiple(name: series.name, points: series.points, generations: generations).picture
                }
            }
        }
    }

    /// A named figure by generation.
    typealias Series = (name: String, points: [(generation: Int, value: Double)])

    /// What generations recorded under a name; a generation without it is a gap.
    static func recorded(_ name: String, in records: [GenerationRecord]) -> Series {
        (name, records.map { ($0.number, $0.metrics[name] ?? .nan) })
    }

    private static func range(of series: Series) -> String {
        let known = series.points.map(\.value).filter(\.isFinite)
        guard let first = known.first, let last = known.last else { return "–" }
        return first == last ? Figures.plain(last) : "\(Figures.plain(first)) → \(Figures.plain(last))"
    }

    private static func series(_ records: [GenerationRecord]) -> [Series] {
        let own: [(String, (GenerationRecord) -> Double)] = [
            ("episodes correct, %", { Double($0.correct) / Double($0.episodes) * 100 }),
            ("episodes", { Double($0.episodes) }),
            ("unscorable", { Double($0.unscorable) }),
        ]
        let names = Set(records.flatMap(\.metrics.keys)).filter { !isMonitor($0) }.sorted { (rank($0), $0) < (rank($1), $1) }
        let computed: [Series] = own.map { name, value in (name, records.map { ($0.number, value($0)) }) }
        return computed + names.map { recorded($0, in: records) }
    }

    /// The place of the figures that are looked at first; all others follow by name.
    private static func rank(_ name: String) -> Int {
        let first = ["reward", "reward_std", "frac_reward_zero_std", "loss", "entropy", "kl", "grad_norm"]
        return first.firstIndex(of: name) ?? first.count
    }
}
