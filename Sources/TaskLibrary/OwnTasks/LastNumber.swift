/// The last number that a text states.
///
/// It stands where the text's last digit stands. Where that digit belongs to something else than a plain number (a date, a ratio, `x2`,
/// `2^5`, `\frac{1}{2}`, `5 1/2`, one side of `17 + 25`), no number is stated: a guess could take a wrong answer for a right one.
/// Currency signs, `\boxed{…}`, Markdown and units around a number are left out of account.
enum LastNumber: Sendable, Hashable {
    /// The text has no digit.
    case none
    /// What stands around the last digit is not a plain number.
    case unclear(String)
    /// The number.
    case number(ExactNumber)

    /// The most characters of a number.
    private static let longestWord = 64

    init(in text: String) {
        let scalars = Array(text.unicodeScalars)
        guard let last = scalars.lastIndex(where: { $0.properties.numericType == .decimal }) else {
            self = .none
            return
        }
        var start = last
        while start > 0 && last - start < Self.longestWord && Self.belongs(scalars, at: start - 1) { start -= 1 }
        let written = String(String.UnicodeScalarView(scalars[start...last]))
        guard let number = Self.signed(written, after: scalars[..<start]), Self.ends(scalars[(last + 1)...]) else {
            self = .unclear(written)
            return
        }
        self = .number(number)
    }

    /// Whether a character before the last digit is part of the same word.
    private static func belongs(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        let scalar = scalars[place]
        if scalar == "+" || scalar == "-" {
            // The sign of an exponent, as in 6e-3.
            guard place >= 2, scalars[place - 1] == "e" || scalars[place - 1] == "E", scalars[place + 1].isDigit else { return false }
            return scalars[place - 2].isDigit || scalars[place - 2] == "."
        }
        return scalar.isDigit || scalar.isLetter || ".,/^\\".unicodeScalars.contains(scalar)
            // Around a word it is Markdown, within one it is part of a name.
            || scalar == "_" && place > 0 && (scalars[place - 1].isDigit || scalars[place - 1].isLetter)
    }

    /// The number with the sign that may stand before it; nil where what stands before makes it part of something larger.
    private static func signed(_ written: String, after context: ArraySlice<Unicode.Scalar>) -> ExactNumber? {
        var before = context
        while let scalar = before.last, "$€£¥".unicodeScalars.contains(scalar) { before.removeLast() }
        guard let last = before.last else { return ExactNumber(written) }
        if last == "-" || last == "\u{2212}" || last == "+" {
            before.removeLast()
            guard !isOperand(before.last), !isOperation(before.trimmed(while: isSpace)), isWrapped(before) else { return nil }
            return ExactNumber((last == "+" ? "" : "-") + written)
        }
        if last == ":" && before.dropLast().last?.isDigit == true { return nil }
        let apart = before.trimmed(while: isSpace)
        guard !isClosing(last), apart.last?.isDigit != true, isWrapped(before), !isOperation(apart) else { return nil }
        return ExactNumber(written)
    }

    /// Whether a text ends in an operator between two numbers, or in a sign that stands apart and begins no line.
    private static func isOperation(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let last = before.last, "+-\u{2212}*/×·÷^".unicodeScalars.contains(last) else { return false }
        let operand = before.trimmed { $0 == last }.trimmed(while: isSpace)
        if last == "*" { return operand.last?.isDigit == true || isClosing(operand.last) }
        guard let scalar = operand.last else { return false }
        return !scalar.properties.isWhitespace
    }

    /// Whether braces around the number, if any, only set it off.
    private static func isWrapped(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        guard before.last == "{" else { return true }
        let outer = before.dropLast()
        if let scalar = outer.last, isClosing(scalar) || scalar == "^" || scalar == "_" { return false }
        let name = outer.reversed().prefix { $0.isLetter }
        guard !name.isEmpty else { return true }
        let command = String(String.UnicodeScalarView(name.reversed()))
        return ["boxed", "fbox", "text", "textbf", "mathbf", "mathrm"].contains(command)
    }

    /// Whether what follows leaves the number as it is; units and closing marks do.
    private static func ends(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let next = rest.first else { return true }
        return next != "^" && next.properties.numericType == nil
    }

    private static func isOperand(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.isDigit || $0.isLetter || isClosing($0) } ?? false
    }

    private static func isClosing(_ scalar: Unicode.Scalar?) -> Bool { scalar == ")" || scalar == "}" }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\u{A0}" }
}

extension Unicode.Scalar {
    /// Whether it is an ASCII digit.
    fileprivate var isDigit: Bool { "0"..."9" ~= self }

    /// Whether it is an ASCII letter.
    fileprivate var isLetter: Bool { "a"..."z" ~= self || "A"..."Z" ~= self }
}

extension ArraySlice {
    /// Without the elements at the end that fulfil the condition.
    fileprivate func trimmed(while condition: (Element) -> Bool) -> ArraySlice {
        self[startIndex..<(lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex)]
    }
}
