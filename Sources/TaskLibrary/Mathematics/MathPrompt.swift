/// What a question says about its answer.
enum MathPrompt {
    /// Whether the order of several values is part of the answer.
    static func asksForOrder(_ prompt: String) -> Bool {
        prompt.firstMatch(
            of: /(?i)\b(?:in order|order (?:the|these|from)|(?:increasing|decreasing|ascending|descending|alphabetical|numerical|correct) order|arrange|respectively|least to|greatest to|smallest to|largest to|sequence|next \w+ terms|first \w+ terms)\b/
        ) != nil
    }

    /// Whether an answer of the right value only stands in the question, and is not written in the simplest way.
    ///
    /// `17 * 23` boxed again is right by value and answers nothing.
    static func states(_ answer: MathAnswer, insteadOf reference: MathAnswer, in prompt: String) -> Bool {
        guard !answer.isWritten(as: reference), !answer.isSimple(like: reference) else { return false }
        let (piece, whole) = (letters(of: answer.text), letters(of: prompt))
        guard piece.count >= 3 else { return false }
        for start in whole.indices where whole.count - start >= piece.count && whole[start] == piece[0] {
            let end = start + piece.count
            guard whole[start..<end].elementsEqual(piece) else { continue }
            // Not a part of a longer number or word.
            if start > 0 && isPart(whole[start - 1]) && isPart(piece[0]) { continue }
            if end < whole.count && isPart(whole[end]) && isPart(piece[piece.count - 1]) { continue }
            return true
        }
        return false
    }

    /// The bytes that say something: spellings of the same fraction, spaces and dollar signs left out of account.
    private static func letters(of text: String) -> [UInt8] {
        var text = text
        for (spelling, name) in [("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\left", ""), ("\\right", ""), ("\\,", ""), ("\\!", ""), ("\\ ", "")] {
            text = text.replacing(spelling, with: name)
        }
        return text.utf8.filter { !" \t\n\r$".utf8.contains($0) }
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
