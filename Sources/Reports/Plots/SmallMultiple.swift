/// One figure over the generations, small enough to stand among many: a line, its last value, its range.
struct SmallMultiple: Sendable {
    let name: String
    /// Generation and value; values that are not numbers are gaps.
    let points: [(generation: Int, value: Double)]
    /// The generations of all multiples, so that their axes agree.
    let generations: ClosedRange<Int>

    /// The plot.
    var picture: Markup {
        let known = points.filter { $0.value.isFinite }
        let (low, high) = (known.map(\.value).min() ?? 0, known.map(\.value).max() ?? 0)
        let margin = high > low ? 0 : max(abs(high) * 0.1, 1e-9)
        let frame = PlotFrame(
            width: 230, height: 74, left: 8, right: 8, top: 8, bottom: 18,
            x: (Double(generations.lowerBound), Double(generations.upperBound)), y: (low - margin, high + margin)
        )
        return SVGPlot.picture(width: 230, height: 74, title: "\(name) by generation", summary: summary(low, high)) {
            SVGPlot.line((frame.x.start, frame.y.start), (frame.x.end, frame.y.start), class: "grid")
            runs.map { run in SVGPlot.polyline(run.map { frame.point(Double($0.generation), $0.value) }, class: "line") }
            known.map { point in
                SVGPlot.dot(
                    frame.point(Double(point.generation), point.value), radius: point.generation == known.last?.generation ? 3 : 1.75,
                    class: "point", note: "generation \(point.generation): \(Figures.plain(point.value))"
                )
            }
            SVGPlot.label("\(generations.lowerBound)", at: (frame.x.start, 72), anchor: "middle")
            if generations.count > 1 { SVGPlot.label("\(generations.upperBound)", at: (frame.x.end, 72), anchor: "middle") }
        }
    }

    /// The stretches without gaps.
    private var runs: [[(generation: Int, value: Double)]] {
        points.split { !$0.value.isFinite }.map(Array.init)
    }

    private func summary(_ low: Double, _ high: Double) -> String {
        guard let last = points.last else { return "No values." }
        return "From \(Figures.plain(low)) to \(Figures.plain(high)); \(Figures.plain(last.value)) in generation \(last.generation)."
    }
}
