import Autodidact

extension HTMLReport {
    /// Every named figure of the generations, the common ones first.
    static func metrics(_ dossier: RunDossier) -> Markup {
        let numbers = dossier.generations.map(\.number)
        guard let first = numbers.min(), let last = numbers.max() else { return .empty }
        return section("Training, generation by generation", note: "Each plot has its own scale. Names are those of docs/METRICS.md.") {
            tag("div", class: "multiples") {
                series(dossier.generations).map { series in
                    tag("figure") {
                        tag("figcaption") {
                            tag("span", class: "name") { Markup(text: series.name) }
                            tag("span", class: "last") { Markup(text: range(of: series)) }
                        }
                        SmallMultiple(name: series.name, points: series.points, generations: first...last).picture
                    }
                }
            }
        }
    }

    private static func range(of series: Series) -> String {
        guard let first = series.points.first?.value, let last = series.points.last?.value else { return "–" }
        return first == last ? Figures.plain(last) : "\(Figures.plain(first)) → \(Figures.plain(last))"
    }

    private typealias Series = (name: String, points: [(generation: Int, value: Double)])

    private static func series(_ records: [GenerationRecord]) -> [Series] {
        let own: [(String, (GenerationRecord) -> Double)] = [
            ("episodes correct, %", { Double($0.correct) / Double($0.episodes) * 100 }),
            ("episodes", { Double($0.episodes) }),
            ("unscorable", { Double($0.unscorable) }),
        ]
        let names = Set(records.flatMap(\.metrics.keys)).sorted { (rank($0), $0) < (rank($1), $1) }
        let computed: [Series] = own.map { name, value in (name, records.map { ($0.number, value($0)) }) }
        let recorded: [Series] = names.map { name in (name, records.map { ($0.number, $0.metrics[name] ?? .nan) }) }
        return computed + recorded
    }

    /// The place of the figures that are looked at first; all others follow by name.
    private static func rank(_ name: String) -> Int {
        let first = ["reward", "reward_std", "frac_reward_zero_std", "loss", "entropy", "kl", "grad_norm"]
        return first.firstIndex(of: name) ?? first.count
    }
}
