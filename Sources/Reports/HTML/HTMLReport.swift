import Autodidact

/// A run as one HTML page: no network, no scripts, light and dark, printable, readable by HTML and by XML parsers.
///
/// What models, tasks and recipes wrote is shown as text and never as markup; a content security policy forbids scripts besides.
public enum HTMLReport {
    /// The page.
    public static func html(for dossier: RunDossier) -> String {
        let course = AccuracyPlot(dossier)
        let root = tag("html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en"]) {
            head(dossier.manifest)
            tag("body") {
                tag("main") {
                    headline(dossier)
                    heldOut(dossier, course)
                    decisions(dossier, course)
                    safety(dossier)
                    lineage(dossier)
                    levels(dossier)
                    distributions(dossier)
                    examples(dossier)
                    monitors(dossier)
                    metrics(dossier)
                    timings(dossier)
                    provenance(dossier)
                }
            }
        }
        return Markup.document(root)
    }

    private static func head(_ manifest: RunManifest) -> Markup {
        tag("head") {
            tag("meta", ["charset": "utf-8"])
            tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
            tag("meta", ["name": "color-scheme", "content": "light dark"])
            tag("meta", ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
            tag("title") { "\(manifest.recipe) on \(manifest.task) · \(manifest.runID) · Autodidact" }
            Markup.styleSheet(StyleSheet.rules)
        }
    }

    /// A section with its heading and, where it helps, one sentence on how to read it.
    static func section(_ title: String, note: String? = nil, @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("section") {
            tag("h2") { Markup(text: title) }
            if let note { tag("p", class: "note") { Markup(text: note) } }
            content()
        }
    }

    /// A table that scrolls by itself where the page is narrow.
    static func table(_ columns: [Column], rows: [[Markup]]) -> Markup {
        tag("div", class: "scroll") {
            tag("table") {
                tag("thead") {
                    tag("tr") { columns.map { column in tag("th", ["scope": "col", "class": column.style]) { column.title } } }
                }
                tag("tbody") {
                    rows.map { row in
                        tag("tr") { zip(columns, row).map { column, cell in tag("td", class: column.style) { cell } } }
                    }
                }
            }
        }
    }

    /// A column's heading, and whether it holds figures, text or a picture.
    struct Column {
        let title: Markup
        let style: String

        static func figures(_ title: Markup) -> Column { Column(title: title, style: "num") }
        static func text(_ title: Markup) -> Column { Column(title: title, style: "text") }
        static func picture(_ title: Markup) -> Column { Column(title: title, style: "picture") }
    }

    /// A figure with its interval beneath it in small type.
    static func figure(_ text: String, _ interval: String) -> Markup {
        Markup([tag("span", class: "value") { Markup(text: text) }, " ", tag("span", class: "interval") { Markup(text: interval) }])
    }

    /// A share with its interval.
    static func share(_ estimate: Estimate) -> Markup { figure(Figures.percent(estimate.value), Figures.interval(estimate)) }

    /// A difference in points with its interval.
    static func difference(_ estimate: Estimate) -> Markup { figure(Figures.signed(estimate.value), Figures.interval(estimate)) }
}
