import Autodidact
import Studies

/// A figure over the generations: each arm's mean over seeds, named at its end, with its seeds as thin lines.
struct CurvesPlot: Sendable {
    private struct Curve {
        let name: String
        let style: String
        let mean: StudySeries
        let seeds: [StudySeries]
    }

    private let quantity: StudyQuantity
    private let title: String
    private let curves: [Curve]

    /// The plot of one of a study's courses; nil where fewer than two generations of any arm have it.
    init?(_ quantity: StudyQuantity, of record: StudyRecord) {
        self.quantity = quantity
        title = "\(record.title): \(quantity.title) by generation"
        // An arm has one colour in all plots of its study; arms that never train need none.
        curves = record.arms.filter { !$0.series.isEmpty }.enumerated().compactMap { index, arm in
            guard let seeds = arm.series[quantity.measurement] else { return nil }
            let mean = StudySeries(meanOf: seeds)
            guard mean.steps.count > 1 else { return nil }
            return Curve(name: arm.name, style: StudyPlotStyle.curve(index), mean: mean, seeds: seeds)
        }
        if curves.isEmpty { return nil }
    }

    /// The plot as a file of its own.
    var picture: Markup {
        let values = curves.flatMap { $0.seeds.flatMap(\.values) }
        let steps = curves.flatMap(\.mean.steps)
        let (first, last) = (steps.min() ?? 0, steps.max() ?? 1)
        let ticks = niceTicks(from: values.min() ?? 0, to: values.max() ?? 1, about: 5)
        let frame = PlotFrame(
            width: 800, height: 340, left: 60, right: 170, top: 34, bottom: 48, x: (Double(first), Double(last)),
            y: (ticks.first ?? 0, ticks.last ?? 1))
        return SVGPlot.picture(width: 800, height: 340, margin: 16, title: title, summary: summary, style: StudyPlotStyle.standalone) {
            SVGPlot.label(quantity.title, at: (0, 14), class: "strong")
            frame.verticalAxis(ticks) { quantity.tick($0, among: ticks) }
            frame.horizontalAxis(wholeTicks(from: first, to: last).map(Double.init), title: "generation") { Figures.fixed($0, 0) }
            curves.map { curve in
                Markup(curve.seeds.map { SVGPlot.polyline(points($0, in: frame), class: "curve thin \(curve.style)") })
            }
            curves.map { SVGPlot.polyline(points($0.mean, in: frame), class: "curve \($0.style)") }
            labels(in: frame)
        }
    }

    private var summary: String {
        curves.map { "\($0.name) from \(text($0.mean.values.first)) to \(text($0.mean.values.last))" }.joined(separator: "; ") + "."
    }

    private func text(_ value: Double?) -> String { value.map(quantity.text) ?? "–" }

    private func points(_ series: StudySeries, in frame: PlotFrame) -> [SVGPlot.Point] {
        zip(series.steps, series.values).map { frame.point(Double($0), $1) }
    }

    /// Each name where its curve ends, moved as far as the others need.
    private func labels(in frame: PlotFrame) -> Markup {
        var ends = curves.map { (curve: $0, y: frame.y($0.mean.values.last ?? 0)) }.sorted { $0.y < $1.y }
        for index in ends.indices.dropFirst() { ends[index].y = max(ends[index].y, ends[index - 1].y + 16) }
        // Those that were pushed below the axis push back.
        var limit = frame.y.start
        for index in ends.indices.reversed() {
            ends[index].y = min(ends[index].y, limit)
            limit = ends[index].y - 16
        }
        return Markup(
            ends.map { curve, y in
                Markup([
                    SVGPlot.line((frame.x.end + 8, y), (frame.x.end + 24, y), class: "curve \(curve.style)"),
                    SVGPlot.label(curve.name, at: (frame.x.end + 30, y + 4)),
                ])
            })
    }
}

/// How the arms of a study are told apart: five colours, dashed from the sixth on, and a name at each curve.
enum StudyPlotStyle {
    private static let rules = """
        .plot .curve{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}.plot .curve.thin{stroke-width:1;opacity:.3}
        .plot .curve.dashed{stroke-dasharray:5 3}
        .plot .c0{stroke:var(--sample)}.plot .c1{stroke:var(--train)}.plot .c2{stroke:var(--write)}.plot .c3{stroke:var(--verify)}
        .plot .c4{stroke:var(--evaluate)}
        """

    /// The style sheet of a study's plot.
    static let standalone = Markup.styleSheet(PlotStyle.palette + PlotStyle.rules + rules + "svg{background:var(--paper)}")

    /// The classes of the arm at an index.
    static func curve(_ index: Int) -> String { "c\(index % 5)" + (index >= 5 ? " dashed" : "") }
}
