/// The axes of a plot: where values lie, and the grid and labels that tell it.
struct PlotFrame: Sendable, Hashable {
    /// From values to pixels, left to right.
    let x: LinearScale
    /// From values to pixels, bottom to top.
    let y: LinearScale

    /// A frame that leaves `left`, `right`, `top` and `bottom` pixels around the plotting area of a picture.
    init(
        width: Double, height: Double, left: Double, right: Double, top: Double, bottom: Double, x: (Double, Double),
        y: (Double, Double)
    ) {
        self.x = LinearScale(x.0, x.1, onto: left, width - right)
        self.y = LinearScale(y.0, y.1, onto: height - bottom, top)
    }

    /// The pixel of a pair of values.
    func point(_ xValue: Double, _ yValue: Double) -> SVGPlot.Point { (x(xValue), y(yValue)) }

    /// A grid line and a label for each tick of the vertical axis.
    func verticalAxis(_ ticks: [Double], label: (Double) -> String) -> Markup {
        Markup(
            ticks.map { tick in
                Markup([
                    SVGPlot.line((x.start, y(tick)), (x.end, y(tick)), class: "grid"),
                    SVGPlot.label(label(tick), at: (x.start - 8, y(tick) + 4), anchor: "end"),
                ])
            }
        )
    }

    /// A base line with a label for each tick, and what the axis counts.
    func horizontalAxis(_ ticks: [Double], title: String = "", label: (Double) -> String) -> Markup {
        Markup(
            [SVGPlot.line((x.start, y.start), (x.end, y.start), class: "axis")]
                + ticks.map { SVGPlot.label(label($0), at: (x($0), y.start + 17), anchor: "middle") }
                + [SVGPlot.label(title, at: ((x.start + x.end) / 2, y.start + 36), anchor: "middle", class: "caption")]
        )
    }
}
