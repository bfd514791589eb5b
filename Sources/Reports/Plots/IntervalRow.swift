import Autodidact

/// Estimates with their intervals on one short axis, for use inside table rows.
enum IntervalRow {
    private static let width = 250.0
    private static let height = 36.0

    /// Before above after, on an axis from `low` to `high`.
    static func beforeAfter(_ before: Estimate, _ after: Estimate, axis: [Double]) -> Markup {
        let scale = scale(axis)
        return SVGPlot.ornament(width: width, height: height) {
            grid(axis, scale)
            whisker(before, y: 12, scale, style: "before")
            whisker(after, y: 25, scale, style: "")
        }
    }

    /// One difference around zero.
    static func difference(_ difference: Estimate, axis: [Double]) -> Markup {
        let scale = scale(axis)
        return SVGPlot.ornament(width: width, height: 24) {
            SVGPlot.line((scale(0), 0), (scale(0), 24), class: "zero")
            whisker(difference, y: 12, scale, style: "")
        }
    }

    /// The axis itself, for the head of the column; `scale` in points or percent.
    static func head(_ axis: [Double], label: (Double) -> String) -> Markup {
        let scale = scale(axis)
        return SVGPlot.ornament(width: width, height: 16) {
            axis.map { SVGPlot.label(label($0), at: (scale($0), 12), anchor: "middle") }
        }
    }

    private static func scale(_ axis: [Double]) -> LinearScale {
        LinearScale(axis.first ?? 0, axis.last ?? 1, onto: 24, width - 20)
    }

    private static func grid(_ axis: [Double], _ scale: LinearScale) -> Markup {
        Markup(axis.map { SVGPlot.line((scale($0), 0), (scale($0), height), class: "grid") })
    }

    private static func whisker(_ estimate: Estimate, y: Double, _ scale: LinearScale, style: String) -> Markup {
        Markup([
            SVGPlot.line((scale(estimate.low), y), (scale(estimate.high), y), class: "whisker \(style)"),
            SVGPlot.dot((scale(estimate.value), y), radius: 4, class: "mark \(style)"),
        ])
    }
}
