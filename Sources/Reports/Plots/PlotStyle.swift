/// The colours and strokes of all plots, light and dark.
///
/// Blue, orange and grey are told apart by every kind of colour vision, and every distinction that they carry is also one of shape,
/// position or text.
enum PlotStyle {
    /// Custom properties on the root element, so that a plot looks alike inside the report and on its own.
    static let palette = """
        :root{--paper:#fcfbf8;--card:#f5f3ed;--ink:#1d2127;--soft:#565e69;--rule:#dedad0;--grid:#e9e6de;
        --after:#1b5a9c;--after-band:#1b5a9c26;--before:#767c86;--before-fill:#767c8640;--refused:#a8480b;
        --sample:#1b5a9c;--verify:#6aa5d8;--train:#b85410;--evaluate:#dd9f57;--write:#767c86}
        @media (prefers-color-scheme:dark){:root{--paper:#14171b;--card:#1c2026;--ink:#e9e6df;--soft:#a6adb7;--rule:#343a43;--grid:#272c33;
        --after:#79b4f2;--after-band:#79b4f22e;--before:#9097a1;--before-fill:#9097a14d;--refused:#f0a25e;
        --sample:#79b4f2;--verify:#3f6f9f;--train:#f0a25e;--evaluate:#a8682c;--write:#9097a1}}
        @media print{:root{--paper:#fff;--card:#f6f6f4;--ink:#111;--soft:#444;--rule:#bbb;--grid:#ddd;
        --after:#1b5a9c;--after-band:#1b5a9c26;--before:#6a6f78;--before-fill:#767c8640;--refused:#a8480b;
        --sample:#1b5a9c;--verify:#6aa5d8;--train:#b85410;--evaluate:#dd9f57;--write:#767c86}}
        """

    /// What the classes used by plots look like.
    static let rules = """
        .plot{font-family:-apple-system,"Segoe UI",Inter,"Liberation Sans",Roboto,"Helvetica Neue",Arial,sans-serif;
        font-variant-numeric:tabular-nums;overflow:visible}
        .plot text{fill:var(--soft);font-size:12px}.plot text.caption{font-size:12px}.plot text.strong{fill:var(--ink);font-weight:600}
        .plot text.after{fill:var(--after);font-weight:600}.plot text.before{fill:var(--soft)}
        .plot .grid{stroke:var(--grid);stroke-width:1}.plot .axis{stroke:var(--soft);stroke-width:1}
        .plot .zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
        .plot .line{fill:none;stroke:var(--after);stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
        .plot .band{fill:var(--after-band);stroke:none}
        .plot .whisker{stroke:var(--after);stroke-width:1.75}.plot .whisker.before{stroke:var(--before)}
        .plot .whisker.refused{stroke:var(--refused)}.plot .trial{stroke:var(--refused);stroke-width:1.25;stroke-dasharray:3 3}
        .plot .mark{fill:var(--after);stroke:var(--paper);stroke-width:1.5}
        .plot .mark.before{fill:var(--paper);stroke:var(--before);stroke-width:2}
        .plot .mark.refused{fill:var(--paper);stroke:var(--refused);stroke-width:2}
        .plot .point{fill:var(--after);stroke:none}
        .plot .fill{fill:var(--after-band);stroke:var(--after);stroke-width:1.25}
        .plot .outline{fill:none;stroke:var(--before);stroke-width:1.75;stroke-dasharray:4 2.5}
        .plot .sample{fill:var(--sample)}.plot .verify{fill:var(--verify)}.plot .train{fill:var(--train)}
        .plot .evaluate{fill:var(--evaluate)}.plot .write{fill:var(--write)}
        .plot .idle{fill:none;stroke:var(--before);stroke-width:1;stroke-dasharray:2 2}
        """

    /// The style sheet of a plot that stands on its own.
    static let standalone = Markup.styleSheet(palette + rules + "svg{background:var(--paper)}")
}
