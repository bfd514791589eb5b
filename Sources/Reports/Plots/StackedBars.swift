import Autodidact

/// Seconds by phase as horizontal bars on one time axis, one row each.
struct StackedBars: Sendable {
    /// A bar and, where it is known, the wall time that it should fill.
    struct Row: Sendable, Hashable {
        let name: String
        let seconds: PhaseSeconds
        let wall: Double?

        /// The longer of the two.
        var extent: Double { max(seconds.total, wall ?? 0) }
    }

    let title: String
    let rows: [Row]

    /// The plot.
    var picture: Markup {
        let ticks = niceTicks(from: 0, to: max(rows.map(\.extent).max() ?? 1, 1e-3), about: 6)
        let height = Double(rows.count) * 24 + 56
        let frame = PlotFrame(width: 800, height: height, left: 104, right: 64, top: 4, bottom: 48, x: (0, ticks.last ?? 1), y: (0, 1))
        return SVGPlot.picture(width: 800, height: height, title: title, summary: summary) {
            ticks.map { SVGPlot.line((frame.x($0), 4), (frame.x($0), height - 48), class: "grid") }
            rows.enumerated().map { bar($1, y: 8 + Double($0) * 24, in: frame) }
            frame.horizontalAxis(ticks, title: "seconds") { Figures.fixed($0, decimals(for: ticks)) }
        }
    }

    private var summary: String {
        rows.map { "\($0.name): \(Figures.seconds($0.seconds.total))" }.joined(separator: "; ")
    }

    private func bar(_ row: Row, y: Double, in frame: PlotFrame) -> Markup {
        var from = 0.0
        var pieces = [SVGPlot.label(row.name, at: (frame.x.start - 10, y + 12), anchor: "end")]
        for phase in Phase.allCases {
            let to = from + max(0, row.seconds[phase])
            pieces.append(
                SVGPlot.bar(
                    x: frame.x(from), y: y, width: frame.x(to) - frame.x(from), height: 16, class: phase.rawValue,
                    note: "\(phase.rawValue): \(Figures.seconds(row.seconds[phase]))"
                )
            )
            from = to
        }
        if let wall = row.wall, wall > from {
            let rest = frame.x(wall) - frame.x(from)
            pieces.append(SVGPlot.bar(x: frame.x(from), y: y + 0.5, width: rest, height: 15, class: "idle", note: "no phase"))
        }
        pieces.append(SVGPlot.label(Figures.seconds(row.extent), at: (frame.x(row.extent) + 8, y + 12)))
        return Markup(pieces)
    }
}
