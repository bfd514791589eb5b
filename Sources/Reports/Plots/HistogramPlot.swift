import Autodidact

/// Two distributions on one axis: the earlier one as an outline, the later one filled.
struct HistogramPlot: Sendable {
    let title: String
    let earlierName: String
    let laterName: String
    let earlier: Histogram
    /// Nil where there is only one.
    let later: Histogram?
    let axisTitle: String

    /// The plot.
    var picture: Markup {
        let (low, high) = (min(earlier.low, later?.low ?? earlier.low), max(earlier.high, later?.high ?? earlier.high))
        let tallest = (earlier.shares + (later?.shares ?? [])).max() ?? 1
        let shareTicks = niceTicks(from: 0, to: max(tallest, 0.01), about: 4)
        let valueTicks = niceTicks(from: low, to: high, about: 5).filter { $0 >= low && $0 <= high }
        let frame = PlotFrame(
            width: 400, height: 230, left: 48, right: 12, top: 12, bottom: 52, x: (low, high), y: (0, shareTicks.last ?? 1)
        )
        return SVGPlot.picture(width: 400, height: 230, title: title, summary: summary) {
            frame.verticalAxis(shareTicks) { Figures.fixed($0 * 100, decimals(for: shareTicks.map { $0 * 100 })) + " %" }
            if let later { bars(later, in: frame) }
            SVGPlot.polyline(outline(earlier, in: frame), class: later == nil ? "line" : "outline")
            frame.horizontalAxis(valueTicks, title: axisTitle) { Figures.fixed($0, decimals(for: valueTicks)) }
        }
    }

    private var summary: String {
        let counts = "\(counted(earlier.total, "episode")) of \(earlierName)"
        return later.map { counts + " against \($0.total) of \(laterName), as shares of each." } ?? counts + ", as shares."
    }

    private func bars(_ histogram: Histogram, in frame: PlotFrame) -> Markup {
        Markup(
            histogram.shares.enumerated().map { index, share in
                let (left, right) = (frame.x(edge(index, of: histogram)), frame.x(edge(index + 1, of: histogram)))
                let top = frame.y(share)
                return SVGPlot.bar(
                    x: left, y: top, width: right - left, height: frame.y.start - top, class: "fill",
                    note: "\(laterName): \(Figures.percent(share)) from \(Figures.plain(edge(index, of: histogram))) to "
                        + Figures.plain(edge(index + 1, of: histogram))
                )
            }
        )
    }

    private func outline(_ histogram: Histogram, in frame: PlotFrame) -> [SVGPlot.Point] {
        let steps = histogram.shares.enumerated().flatMap { index, share in
            [frame.point(edge(index, of: histogram), share), frame.point(edge(index + 1, of: histogram), share)]
        }
        return [frame.point(histogram.low, 0)] + steps + [frame.point(histogram.high, 0)]
    }

    private func edge(_ index: Int, of histogram: Histogram) -> Double {
        histogram.low + (histogram.high - histogram.low) * Double(index) / Double(max(1, histogram.counts.count))
    }
}
