/// What a question says about its answer.
enum MathPrompt {
    private static let orderings = [
        "in order", "order the", "order these", "order from", "increasing order", "decreasing order", "ascending order", "descending order",
        "alphabetical order", "numerical order", "correct order", "arrange", "respectively", "least to", "greatest to", "smallest to",
        "largest to", "sequence", " terms of",
    ]

    /// Whether the order of several values is part of the answer.
    static func asksForOrder(_ prompt: String) -> Bool {
        let text = prompt.lowercased()
        return orderings.contains { text.contains($0) }
    }

    /// Whether an answer of the right value only stands in the question, and is not written in the simplest way.
    ///
    /// `17 * 23` boxed again is right by value and answers nothing.
    static func states(_ answer: MathAnswer, insteadOf reference: MathAnswer, in prompt: String) -> Bool {
        guard !answer.isWritten(as: reference), !answer.isSimple(like: reference) else { return false }
        let (piece, whole) = (letters(of: answer.text), letters(of: prompt))
        guard piece.count >= 3 else { return false }
        /// Whether a longer number or word goes on there.
        func goesOn(at place: Int) -> Bool {
            place > 0 && place < whole.count && !whole[place].isApart && isPart(whole[place - 1].byte) && isPart(whole[place].byte)
        }
        return whole.indices.contains { start in
            let end = start + piece.count
            guard end <= whole.count, whole[start].byte == piece[0].byte, !goesOn(at: start), !goesOn(at: end) else { return false }
            return zip(whole[start..<end], piece).allSatisfy { $0.byte == $1.byte }
        }
    }

    /// Spellings that say the same.
    private static let spellings = [
        ("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\left", ""), ("\\right", ""), ("\\,", ""), ("\\!", ""), ("\\ ", ""),
    ]

    /// The bytes that say something, each with whether a space or dollar sign stands before it.
    private static func letters(of text: String) -> [(byte: UInt8, isApart: Bool)] {
        let text = spellings.reduce(text) { $0.replacing($1.0, with: $1.1) }
        var (letters, isApart): ([(byte: UInt8, isApart: Bool)], Bool) = ([], false)
        for byte in text.utf8 {
            if " \t\n\r$".utf8.contains(byte) {
                isApart = true
            } else {
                letters.append((byte, isApart))
                isApart = false
            }
        }
        return letters
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isDecimalDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: ".") || byte >= 0x80
    }
}

extension MathAnswer {
    /// Whether it is written as plainly as the reference: a whole number or lowest fraction, a decimal beside a decimal, a word.
    fileprivate func isSimple(like reference: MathAnswer) -> Bool {
        switch (value, reference.value) {
        case (.number(let number)?, .number(let other)?):
            guard number.writing.isLiteral, other.writing.isLiteral else { return false }
            if number.writing.places != nil { return other.writing.places != nil }
            return isLowest && !(number.unit == .percent) == !(other.unit == .percent)
        case (.number?, _), (.named?, _), (.equation?, _): return false
        default: return true
        }
    }

    /// Whether a number is written with the digits of its lowest terms.
    private var isLowest: Bool {
        guard case .number(let number)? = value, let rational = number.form.rational else { return false }
        let digits = text.split { !$0.isNumber }.joined(separator: "/").filter { $0 != "," }
        return [rational.numerator.magnitude.decimal, rational.magnitude.text].contains(digits)
    }
}
