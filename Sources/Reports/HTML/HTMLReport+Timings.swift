import Autodidact

extension HTMLReport {
    /// Where the time went: the whole run and each generation, by phase, and what the phases leave unexplained.
    static func timings(_ dossier: RunDossier) -> Markup {
        let expense = dossier.expense
        guard expense.wall > 0 || expense.seconds.total > 0 else { return .empty }
        let rows = dossier.generations.map { StackedBars.Row(name: "generation \($0.number)", seconds: $0.seconds, wall: nil) }
        return section("Where the time went", note: sentence(expense)) {
            tag("p", class: "legend") {
                Phase.allCases.map { phase in
                    tag("span", class: "item") {
                        tag("span", class: "key \(phase.rawValue)")
                        "\(phase.rawValue) \(Figures.seconds(expense.seconds[phase]))\(share(of: expense.seconds[phase], in: expense))"
                    }
                }
            }
            tag("figure") {
                StackedBars(
                    title: "Seconds of the whole run by phase",
                    rows: [StackedBars.Row(name: "whole run", seconds: expense.seconds, wall: expense.wall)]
                ).picture
            }
            if !rows.isEmpty {
                tag("figure") { StackedBars(title: "Seconds of each generation by phase", rows: rows).picture }
            }
        }
    }

    private static func sentence(_ expense: RunExpense) -> String {
        guard expense.wall > 0 else { return "\(Figures.seconds(expense.seconds.total)) in all phases; wall time is not known." }
        return "\(Figures.seconds(expense.wall)) of wall time, of which the phases explain "
            + "\(Figures.seconds(expense.seconds.total)), or \(Figures.percent(expense.seconds.total / expense.wall))."
    }

    private static func share(of seconds: Double, in expense: RunExpense) -> String {
        expense.seconds.total > 0 ? " (\(Figures.fixed(seconds / expense.seconds.total * 100, 0)) %)" : ""
    }
}
