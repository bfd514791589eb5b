extension MathLexer {
    /// The most digits of a number.
    private static let mostDigits = 1_000

    /// Reads a number: digits, groups of three behind commas, a point, an exponent to ten after `E`.
    mutating func number() throws(MathFault) {
        var whole = digits()
        // After these commands TeX takes one digit at a time.
        if whole.count > 1, takesDigit || isSecondOfFraction {
            for digit in whole { WrittenNumber(digits: String(digit)).map { emit(.number($0)) } }
            return
        }
        if whole.count <= 3 && !whole.isEmpty { while let group = group(after: whole) { whole += group } }
        guard whole.utf8.count <= Self.mostDigits else { throw .tooLarge }
        guard self[0] == ".", let next = self[1], "0"..."9" ~= next || next == "\\" else {
            guard let number = WrittenNumber(digits: whole) else { throw .unreadable }
            emit(.number(number))
            try exponent(ofWhole: true)
            return
        }
        position += 1
        let fraction = digits()
        guard fraction.utf8.count <= Self.mostDigits else { throw .tooLarge }
        let period = try period()
        if period.isEmpty && fraction.isEmpty { throw .unreadable }
        if fraction.isEmpty && whole.isEmpty && period.isEmpty { throw .unreadable }
        guard let number = WrittenNumber(whole: whole.isEmpty ? "0" : whole, fraction: fraction, period: period) else { throw .unreadable }
        emit(.number(number))
        try exponent(ofWhole: false)
    }

    /// Whether a fraction's first argument is the digit before, as in `\frac1{20}`.
    private var isSecondOfFraction: Bool {
        guard tokens.count >= 2, tokens[tokens.count - 2].isMark("frac"), tokens[tokens.count - 1].number != nil else { return false }
        return true
    }

    mutating func digits() -> String {
        let start = position
        while let scalar = self[0], "0"..."9" ~= scalar { position += 1 }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    /// A group of three digits behind a comma; between brackets only where it could be no element, because it begins with a zero.
    private mutating func group(after whole: String) -> String? {
        let start = position
        var isExplicit = false
        for spelling in ["{,}\\!", "{,}", ",\\!", "\\!", "\\,", ","] where scalars[position...].starts(with: spelling.unicodeScalars) {
            (position, isExplicit) = (position + spelling.unicodeScalars.count, spelling != ",")
            break
        }
        while isExplicit && self[0] == " " { position += 1 }
        guard position > start else { return nil }
        let group = digits()
        guard group.count == 3, isExplicit || brackets == 0 || group.hasPrefix("0"), isExplicit || !whole.hasPrefix("0") else {
            position = start
            return nil
        }
        return group
    }

    /// The digits that repeat, as in `0.1\overline{6}`.
    private mutating func period() throws(MathFault) -> String {
        for command in ["\\overline", "\\bar"] where scalars[position...].starts(with: command.unicodeScalars) {
            position += command.unicodeScalars.count
            let inner = try inner(isText: false)
            guard inner.count == 1, let digits = inner[0].number?.digits, digits.count <= 40 else { throw .unreadable }
            return digits
        }
        return ""
    }

    /// Applies `E5`; a small `e` after a whole number may be the constant and is not read.
    private mutating func exponent(ofWhole isWhole: Bool) throws(MathFault) {
        guard let mark = self[0], mark == "E" || mark == "e" else { return }
        let hasSign = self[1] == "-" || self[1] == "+"
        guard let first = self[hasSign ? 2 : 1], "0"..."9" ~= first else { return }
        if mark == "e" && isWhole { throw .unreadable }
        let isNegative = self[1] == "-"
        position += hasSign ? 2 : 1
        guard let size = Int(digits()), size <= 300, let written = tokens.popLast()?.number else { throw .tooLarge }
        let scale = Rational(10).power(isNegative ? -size : size)
        emit(.number(WrittenNumber(written.value * scale)))
    }
}
