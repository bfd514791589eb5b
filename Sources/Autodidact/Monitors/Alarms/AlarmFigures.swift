import Foundation

extension Double {
    /// With one decimal, for the sentences of alarms.
    var oneDecimal: String { String(format: "%.1f", self) }
    /// With three significant digits.
    var threeDigits: String { String(format: "%.3g", self) }
}
