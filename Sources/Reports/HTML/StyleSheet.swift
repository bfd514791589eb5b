/// How the report looks: one quiet column, a serif for reading, a sans with tabular figures for numbers.
enum StyleSheet {
    /// The page's rules, those of its plots included.
    static let rules = PlotStyle.palette + page + parts + examples + PlotStyle.rules + media

    private static let page = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 "Iowan Old Style","Palatino Linotype",Palatino,
        "URW Palladio L",P052,"TeX Gyre Pagella",Charter,Georgia,"Liberation Serif",serif;text-rendering:optimizeLegibility}
        main{max-width:848px;margin:0 auto;padding:56px 24px 96px}
        section{margin-top:64px}
        h1{font-size:40px;line-height:1.15;font-weight:500;letter-spacing:-.012em;margin:10px 0 16px;text-wrap:balance}
        h2{font-size:24px;line-height:1.25;font-weight:500;letter-spacing:-.005em;margin:0 0 4px}
        h3{font-size:17px;font-weight:600;margin:32px 0 8px}
        p{margin:0 0 12px;max-width:70ch;text-wrap:pretty}
        .lead{font-size:20px;line-height:1.5}
        .note{color:var(--soft);font-size:16px;margin-bottom:20px}
        .kicker,.num,.text,th,figcaption,.tag,dl,.tile,.legend,summary{font-family:-apple-system,"Segoe UI",Inter,"Liberation Sans",
        Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        .kicker{font-size:13px;letter-spacing:.02em;color:var(--soft);margin:0;overflow-wrap:anywhere}
        code,pre{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:13.5px}
        p code{font-size:.86em}
        .notice{border-left:3px solid var(--refused);padding:2px 0 2px 14px;margin:20px 0}
        """

    private static let parts = """
        .tiles{display:grid;grid-template-columns:1.55fr 1.15fr 1fr;gap:0;margin:32px 0 28px;border-top:1px solid var(--ink);
        border-bottom:1px solid var(--rule)}
        .tile{padding:16px 20px 18px}.tile:first-child{padding-left:0}.tile+.tile{border-left:1px solid var(--rule)}
        .tile .label{font-size:13px;color:var(--soft);display:block}
        .tile .big{font-size:38px;line-height:1.25;font-weight:500;letter-spacing:-.02em;display:block;white-space:nowrap;margin:2px 0}
        .tile .big .from{color:var(--soft)}.tile .big .to{color:var(--after)}.tile .big .unit{font-size:18px;letter-spacing:0}
        .tile .detail{font-size:13.5px;color:var(--soft);display:block}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:4px 0 0}
        th{font-size:13px;font-weight:500;color:var(--soft);text-align:right;padding:0 14px 6px 0;vertical-align:bottom;white-space:nowrap;
        border-bottom:1px solid var(--soft)}
        td{font-size:15px;padding:8px 14px 8px 0;vertical-align:baseline;border-bottom:1px solid var(--rule)}
        td.num{text-align:right;white-space:nowrap}
        th.text,td.text{text-align:left}
        th.picture,td.picture{text-align:right;padding-right:0;vertical-align:middle;width:250px}
        td.picture svg,th.picture svg{display:block;margin-left:auto}
        th:last-child,td:last-child{padding-right:0}
        .interval{display:block;color:var(--soft);font-size:12.5px}
        .quiet{color:var(--soft)}.reason{font-size:13.5px;line-height:1.45;color:var(--soft);min-width:18em}
        .tag{font-size:13px;font-weight:600;white-space:nowrap}.tag.good{color:var(--after)}.tag.bad{color:var(--refused)}
        .tag.open{color:var(--soft)}
        figure{margin:12px 0 0}figcaption{font-size:13.5px;color:var(--soft);margin-bottom:6px}
        figure svg.plot{max-width:100%;height:auto;display:block}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:32px}
        .legend{font-size:13px;color:var(--soft);margin:0 0 14px;max-width:none}.scroll+.legend{margin:10px 0 0}
        .legend .item{white-space:nowrap;margin-right:16px}
        .key{display:inline-block;width:16px;height:11px;margin-right:7px;vertical-align:-1px}
        .key.earlier{border:1.75px dashed var(--before)}.key.later{background:var(--after-band);border:1.25px solid var(--after)}
        .key.sample{background:var(--sample)}.key.verify{background:var(--verify)}.key.train{background:var(--train)}
        .key.evaluate{background:var(--evaluate)}.key.write{background:var(--write)}
        .multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:24px 28px}
        .multiples figure{margin:0;min-width:0}
        .multiples figcaption{display:flex;justify-content:space-between;gap:8px;margin:0;border-bottom:1px solid var(--rule)}
        .multiples .name{overflow-wrap:anywhere}.multiples .last{color:var(--ink);white-space:nowrap;font-weight:600}
        """

    private static let examples = """
        .example{border-top:1px solid var(--rule);padding:18px 0 8px}
        .example pre,.command{white-space:pre-wrap;overflow-wrap:anywhere;margin:6px 0;line-height:1.5;tab-size:4}
        .example .answers{display:grid;grid-template-columns:1fr 1fr;gap:24px;margin-top:12px}
        .answer{background:var(--card);border-left:3px solid var(--rule);padding:10px 14px;min-width:0}
        .answer.good{border-color:var(--after)}.answer.bad{border-color:var(--refused)}
        .answer .who{font-size:13px;color:var(--soft);font-family:-apple-system,"Segoe UI",Inter,"Liberation Sans",Roboto,"Helvetica Neue",
        Arial,sans-serif}
        .answer .who .tag{float:right}
        .feedback{font-size:14.5px;line-height:1.45;color:var(--soft);margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        summary{cursor:pointer;font-size:14.5px;padding:7px 0}details{border-top:1px solid var(--rule)}
        details+details{margin-top:0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 28px;font-size:15px;margin:14px 0 20px}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;min-width:0}
        .command{background:var(--card);padding:14px 16px}
        """

    private static let media = """
        @media (max-width:700px){body{font-size:16px}main{padding-top:32px}h1{font-size:31px}.tiles,.pair,.example .answers{
        grid-template-columns:1fr}.tile,.tile:first-child{padding-left:0}.tile+.tile{border-left:0;border-top:1px solid var(--rule)}
        dl{grid-template-columns:1fr}dd{margin-bottom:8px}}
        @media print{body{font-size:11pt}main{max-width:none;padding:0}section{margin-top:28pt}
        figure,.example,tr,.tiles{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}}
        """
}
