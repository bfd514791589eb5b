/// The parts that all plots are drawn from.
///
/// Everything is a pure function from numbers to markup; colours are CSS classes.
enum SVGPlot {
    /// A point in pixels.
    typealias Point = (x: Double, y: Double)

    /// A picture that says what it shows to those who do not see it.
    static func picture(
        width: Double, height: Double, margin: Double = 0, title: String, summary: String, style: Markup = .empty,
        @MarkupBuilder _ content: () -> Markup
    ) -> Markup {
        let (outerWidth, outerHeight) = (pixels(width + 2 * margin), pixels(height + 2 * margin))
        return tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "\(pixels(-margin)) \(pixels(-margin)) \(outerWidth) \(outerHeight)",
                "width": outerWidth, "height": outerHeight, "role": "img", "class": "plot",
            ]
        ) {
            tag("title") { Markup(text: title) }
            tag("desc") { Markup(text: summary) }
            style
            content()
        }
    }

    /// A small picture inside a table, whose row says the same in figures.
    static func ornament(width: Double, height: Double, @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(pixels(width)) \(pixels(height))", "width": pixels(width),
                "height": pixels(height), "aria-hidden": "true", "class": "plot",
            ],
            content
        )
    }

    /// A straight line.
    static func line(_ a: Point, _ b: Point, class style: String) -> Markup {
        tag("line", ["x1": pixels(a.x), "y1": pixels(a.y), "x2": pixels(b.x), "y2": pixels(b.y), "class": style])
    }

    /// A line through points; nothing for fewer than two.
    static func polyline(_ points: [Point], class style: String) -> Markup {
        points.count < 2 ? .empty : tag("polyline", ["points": list(points), "class": style])
    }

    /// The area between two lines over the same places.
    static func band(_ upper: [Point], _ lower: [Point], class style: String) -> Markup {
        upper.count < 2 ? .empty : tag("polygon", ["points": list(upper + lower.reversed()), "class": style])
    }

    /// A box; what has no area is not drawn.
    static func bar(x: Double, y: Double, width: Double, height: Double, class style: String, note: String? = nil) -> Markup {
        guard width > 0 && height > 0 else { return .empty }
        return tag("rect", ["x": pixels(x), "y": pixels(y), "width": pixels(width), "height": pixels(height), "class": style]) {
            if let note { tag("title") { Markup(text: note) } }
        }
    }

    /// A filled or hollow dot, by its class.
    static func dot(_ center: Point, radius: Double, class style: String, note: String? = nil) -> Markup {
        tag("circle", ["cx": pixels(center.x), "cy": pixels(center.y), "r": pixels(radius), "class": style]) {
            if let note { tag("title") { Markup(text: note) } }
        }
    }

    /// A square on its corner: told from a dot without colour.
    static func diamond(_ center: Point, radius: Double, class style: String, note: String? = nil) -> Markup {
        let corners = [
            (center.x, center.y - radius), (center.x + radius, center.y), (center.x, center.y + radius), (center.x - radius, center.y),
        ]
        return tag("polygon", ["points": list(corners), "class": style]) {
            if let note { tag("title") { Markup(text: note) } }
        }
    }

    /// Text at a point; `anchor` is `start`, `middle` or `end`.
    static func label(_ text: String, at point: Point, anchor: String = "start", class style: String = "tick") -> Markup {
        tag("text", ["x": pixels(point.x), "y": pixels(point.y), "text-anchor": anchor, "class": style]) { Markup(text: text) }
    }

    /// A length in pixels with at most two decimals; never an exponent, never "nan".
    static func pixels(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((min(max(value, -1e6), 1e6) * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + "\(whole)" + fraction
    }

    private static func list(_ points: [Point]) -> String {
        points.map { pixels($0.x) + "," + pixels($0.y) }.joined(separator: " ")
    }
}
