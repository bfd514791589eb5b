import Autodidact

/// The text exposition format of Prometheus, version 0.0.4.
///
/// Metrics are sorted by name and their series by labels, so the same values always give the same text.
enum PrometheusText {
    /// All metrics that have values.
    static func text(of families: [String: MetricsRegistry.Family]) -> String {
        families.filter { !$0.value.series.isEmpty }.sorted { $0.key < $1.key }.map { lines(of: $0.value, named: $0.key) }.joined()
    }

    private static func lines(of family: MetricsRegistry.Family, named name: String) -> String {
        let help = family.help.map { "# HELP \(name) \(escaped($0))\n" } ?? ""
        let series = family.series.map { (labels: labelText($0.key), samples: $0.value.samples) }.sorted { $0.labels < $1.labels }
        let values = series.flatMap { series in
            series.samples.map { "\(name)\($0.suffix)\(series.labels) \(number($0.value))\n" }
        }
        return help + "# TYPE \(name) \(family.kind.rawValue)\n" + values.joined()
    }

    private static func labelText(_ labels: [MetricLabel]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{\(labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ","))}"
    }

    /// A value as Go's `ParseFloat` reads it: whole numbers without a fraction, `NaN`, `+Inf`, `-Inf`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value == value.rounded() && value.magnitude < 9_007_199_254_740_992 { return "\(Int64(value))" }
        return "\(value)"
    }

    /// Backslashes and line ends, and in values of labels quotes, as the format escapes them.
    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quotes: result.append(contentsOf: "\\\"".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A name that the format allows: what it does not allow becomes an underscore.
    static func metricName(_ name: String) -> String { allowed(name, colons: true) }

    /// The same for labels, which have no colons.
    static func labelName(_ name: String) -> String { allowed(name, colons: false) }

    private static func allowed(_ name: String, colons: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            let isAllowed = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || (colons && scalar == ":")
            if isDigit && result.isEmpty { result.append("_") }
            result.append(isAllowed || isDigit ? scalar : "_")
        }
        return result.isEmpty ? "_" : String(result)
    }
}
