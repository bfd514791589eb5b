/// A rational number by its text: equal numbers, however written, have equal texts.
///
/// Nothing is rounded, so 0.1 equals 1/10 and differs from 0.10000000000000001.
struct ExactNumber: Sendable, Hashable {
    /// A decimal without needless digits where the number has finitely many, else `p/q` in lowest terms.
    let text: String

    /// The longest text that is read, in bytes.
    private static let longestText = 200
    /// The most digits of an exponent.
    private static let exponentDigits = 3
    /// The most digits of a fraction's numerator or denominator, so that ten times a remainder fits an `Int`.
    private static let fractionDigits = 17
    /// The most digits that are written out; larger and smaller numbers get an exponent.
    private static let plainDigits = 40

    /// Reads `-1,234.50`, `.5`, `6e-3` or `3/4`, the sign optional, commas only between groups of three digits.
    ///
    /// Nil for everything else, white space included, for division by zero, and beyond the limits above.
    init?(_ written: some StringProtocol) {
        var rest = Array(written.utf8)[...]
        guard rest.count <= Self.longestText, let first = rest.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        if isNegative || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let parts = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let magnitude: String? =
            switch parts.count {
            case 1: Self.decimal(parts[0])
            case 2: Self.fraction(parts[0], parts[1])
            default: nil
            }
        guard let magnitude else { return nil }
        text = isNegative && magnitude != "0" ? "-" + magnitude : magnitude
    }

    private static func decimal(_ written: ArraySlice<UInt8>) -> String? {
        let mantissa = written.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        var exponent = 0
        if mantissa.count < written.count {
            guard let number = self.exponent(written.dropFirst(mantissa.count + 1)) else { return nil }
            exponent = number
        }
        let sides = mantissa.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard sides.count <= 2, let whole = ungrouped(sides[0]) else { return nil }
        if sides.count == 1 { return whole.isEmpty ? nil : canonical(digits: whole, exponent: exponent) }
        guard !sides[1].isEmpty, sides[1].allSatisfy(\.isDecimalDigit) else { return nil }
        return canonical(digits: whole + sides[1], exponent: exponent - sides[1].count)
    }

    /// The digits of a whole part: with commas between all groups of three, or with none.
    private static func ungrouped(_ written: ArraySlice<UInt8>) -> [UInt8]? {
        let groups = written.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.allSatisfy(\.isDecimalDigit) }) else { return nil }
        if groups.count > 1 {
            guard 1...3 ~= groups[0].count, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        }
        return Array(groups.joined())
    }

    private static func exponent(_ written: ArraySlice<UInt8>) -> Int? {
        let sign = written.first
        let digits = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? written.dropFirst() : written
        guard 1...exponentDigits ~= digits.count, digits.allSatisfy(\.isDecimalDigit),
            let size = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        return sign == UInt8(ascii: "-") ? -size : size
    }

    private static func fraction(_ top: ArraySlice<UInt8>, _ bottom: ArraySlice<UInt8>) -> String? {
        let sides = [top, bottom].filter { 1...fractionDigits ~= $0.count && $0.allSatisfy(\.isDecimalDigit) }
            .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard sides.count == 2, sides[1] > 0 else { return nil }
        var (divisor, remainder) = (sides[1], sides[0])
        while remainder > 0 { (divisor, remainder) = (remainder, divisor % remainder) }
        let (numerator, denominator) = (sides[0] / divisor, sides[1] / divisor)
        var odd = denominator
        for factor in [2, 5] { while odd.isMultiple(of: factor) { odd /= factor } }
        // Only divisors of a power of ten end.
        guard odd == 1 else { return "\(numerator)/\(denominator)" }
        var digits = Array("\(numerator / denominator)".utf8)
        var (rest, places) = (numerator % denominator, 0)
        while rest > 0 {
            digits.append(UInt8(ascii: "0") + UInt8(rest * 10 / denominator))
            (rest, places) = (rest * 10 % denominator, places + 1)
        }
        return canonical(digits: digits, exponent: -places)
    }

    /// The one text of digits · 10^exponent; nil where it would need more digits of an exponent than are read.
    private static func canonical(digits: [UInt8], exponent: Int) -> String? {
        let zero = UInt8(ascii: "0")
        guard let first = digits.firstIndex(where: { $0 != zero }), let last = digits.lastIndex(where: { $0 != zero }) else { return "0" }
        let significant = String(decoding: digits[first...last], as: UTF8.self)
        let exponent = exponent + digits.count - 1 - last
        func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
        if exponent >= 0 && significant.utf8.count + exponent <= plainDigits { return significant + zeros(exponent) }
        guard exponent < 0 && -exponent <= plainDigits else {
            return String(abs(exponent)).count <= exponentDigits ? "\(significant)e\(exponent)" : nil
        }
        let padded = zeros(max(0, 1 - exponent - significant.utf8.count)) + significant
        return padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII digit.
    var isDecimalDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
