import Autodidact
import Studies

/// The arms of a study by its quantity: mean with 95 % interval, and every seed.
struct ArmsPlot: Sendable {
    private let record: StudyRecord
    private let rowHeight = 34.0
    private let width = 800.0

    /// The plot of a study's arms.
    init(_ record: StudyRecord) {
        self.record = record
    }

    /// The plot as a file of its own.
    var picture: Markup {
        let height = 78 + rowHeight * Double(record.arms.count)
        let ticks = ticks
        let frame = PlotFrame(
            width: width, height: height, left: 190, right: 96, top: 30, bottom: 48, x: (ticks.first ?? 0, ticks.last ?? 1), y: (0, 1))
        return SVGPlot.picture(width: width, height: height, margin: 16, title: title, summary: summary, style: StudyPlotStyle.standalone) {
            SVGPlot.label(record.quantity.title, at: (0, 14), class: "strong")
            ticks.map { SVGPlot.line((frame.x($0), frame.y.end), (frame.x($0), frame.y.start), class: "grid") }
            frame.horizontalAxis(ticks, title: "\(figures) over \(record.seeds) seeds, with every seed") {
                record.quantity.tick($0, among: ticks)
            }
            record.arms.enumerated().map { row($0.element, at: frame.y.end + rowHeight * (Double($0.offset) + 0.5), in: frame) }
        }
    }

    private var figures: String { record.isJudged ? "mean and 95 % interval" : "mean" }

    private var title: String { "\(record.title): \(record.quantity.title) by arm" }

    private var summary: String {
        record.arms.map { "\($0.name) \(record.figure(of: $0))" }.joined(separator: "; ") + "."
    }

    private func values(_ arm: StudyArmRecord) -> [Double] { arm.measurements[record.quantity.measurement]?.values ?? [] }

    private var ticks: [Double] {
        let all = record.arms.flatMap { values($0) + (record.isJudged ? [$0.low, $0.high] : []) }
        let (low, high) = (all.min() ?? 0, all.max() ?? 1)
        guard record.quantity.unit == .share else { return niceTicks(from: low, to: high, about: 6) }
        // An interval over few seeds may leave the range of a share; the axis does not.
        return niceTicks(from: min(max(0, low), 1), to: max(min(1, high), 0), about: 6)
    }

    private func row(_ arm: StudyArmRecord, at y: Double, in frame: PlotFrame) -> Markup {
        let isControl = arm.budget != "equal"
        let style = isControl ? "before" : ""
        return Markup([
            SVGPlot.label(arm.name, at: (frame.x.start - 14, y + 4), anchor: "end"),
            record.isJudged ? SVGPlot.line((frame.x(arm.low), y), (frame.x(arm.high), y), class: "whisker \(style)") : .empty,
            Markup(values(arm).map { SVGPlot.line((frame.x($0), y - 7), (frame.x($0), y + 7), class: "whisker \(style)") }),
            SVGPlot.dot(
                (frame.x(arm.estimate), y), radius: 5, class: "mark \(style)",
                note: "\(arm.name): \(record.figure(of: arm))"),
            SVGPlot.label(record.quantity.text(arm.estimate), at: (frame.x.end + 14, y + 4), class: isControl ? "before" : "after"),
        ])
    }
}
