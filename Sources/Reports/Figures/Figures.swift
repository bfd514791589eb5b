package import Autodidact
import Foundation

/// How numbers are written for people: one way for each kind, everywhere.
package enum Figures {
    /// A number with a fixed count of decimals and a typographic minus; "–" where it is not a number.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        let digits = String(format: "%.\(decimals)f", abs(value))
        let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
        return value < 0 && !isZero ? "−" + digits : digits
    }

    /// A share in percent with one decimal: `41.2 %`.
    package static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

    /// The ends of an interval of shares, in percent: `[38.0, 44.5]`.
    package static func interval(_ estimate: Estimate) -> String {
        "[\(fixed(estimate.low * 100, 1)), \(fixed(estimate.high * 100, 1))]"
    }

    /// A difference of shares in points, with its sign: `+14.9`.
    package static func signed(_ difference: Double) -> String {
        let text = fixed(difference * 100, 1)
        return difference > 0 && text != "0.0" ? "+" + text : text
    }

    /// A p-value: `0.031`, `0.0004`, `< 0.0001`.
    package static func pValue(_ p: Double) -> String {
        guard p.isFinite else { return "–" }
        return p < 0.0001 ? "< 0.0001" : String(format: p < 0.001 ? "%.4f" : "%.3f", p)
    }

    /// A p-value after its letter: `p = 0.031`, `p < 0.0001`.
    package static func pEquals(_ p: Double) -> String { p < 0.0001 ? "p \(pValue(p))" : "p = \(pValue(p))" }

    /// A count in three digits: `412`, `21.4 k`, `1.24 M`.
    package static func count(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        var scaled = value
        for unit in ["", " k", " M", " G"] {
            if abs(scaled) < 999.5 || unit == " G" { return threeDigits(scaled, whole: unit.isEmpty && value == value.rounded()) + unit }
            scaled /= 1_000
        }
        return threeDigits(scaled, whole: false)
    }

    /// A count in three digits.
    package static func count(_ value: Int) -> String { count(Double(value)) }

    /// A time in two units at most: `0.84 s`, `42 s`, `3 min 12 s`, `2 h 5 min`.
    package static func seconds(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "–" }
        if seconds < 9.95 { return String(format: "%.2g", max(0, seconds)) + " s" }
        // Beyond a century nothing is told apart, and the count stays within the integers.
        let whole = Int(min(seconds, 3e9).rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }

    /// A number of unknown size in four digits: `0.01234`, `12.3`, `1.2e−05`.
    package static func plain(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        return String(format: "%.4g", value).replacing("-", with: "−")
    }

    private static func threeDigits(_ value: Double, whole: Bool) -> String {
        if whole { return fixed(value, 0) }
        return fixed(value, abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0)
    }
}
