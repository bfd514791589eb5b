import Autodidact

/// How the response to a problem of an own task is compared with its answer.
public enum AnswerRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The whole response is the answer, white space at either end left out and any other run of it counted as one space.
    ///
    /// Upper and lower case differ; characters that Unicode calls equivalent do not.
    case exact
    /// The letter that the response settles on is the answer's.
    ///
    /// As `B`, as `The answer is (B)` and the like: `StatedLetter` says which forms are read.
    case choice
    /// The last number of the response is the answer, compared exactly.
    ///
    /// Decimals, fractions such as `3/4`, exponents and grouping commas are read; nothing is rounded.
    case number
    /// The final answer of the response is proven to be equal.
    ///
    /// LaTeX as it stands in answers of MATH, or plain text; `MathAnswer` says what is read, `MathResponse` where in a response.
    case math

    /// Named in run records; changes with the rule.
    public var version: String { "\(rawValue)/1" }

    /// One line for people.
    public var summary: String {
        switch self {
        case .exact: "the whole response is the answer, but for white space"
        case .choice: "the letter that the response settles on is the answer"
        case .number: "the last number of the response equals the answer exactly"
        case .math: "the final answer, in LaTeX or plain text, has the answer's value"
        }
    }

    /// What an answer must be, to complete "the answer must be …".
    var requirement: String {
        switch self {
        case .exact: "some text"
        case .math: "some text, its braces matched"
        case .choice: "one letter from A to Z"
        case .number: "one number such as 42, -1,234.5, 3/4 or 6e-3"
        }
    }

    /// The canonical form of an answer from a file; nil where it cannot be one.
    func reference(_ answer: String) -> String? {
        switch self {
        case .exact: self.answer(in: answer)
        case .math: MathReference.text(of: answer)
        case .choice: answer.wholeMatch(of: /\s*([A-Za-z])\s*/).map { $0.1.uppercased() }
        case .number:
            // Twice, because a reference is read again wherever it is compared with.
            ExactNumber(answer.withoutOuterSpace.replacing("\u{2212}", with: "-")).flatMap { ExactNumber($0.text) }.map(\.text)
        }
    }

    /// The answer that a response commits to, in canonical form; nil where it states none.
    func answer(in response: String) -> String? {
        switch self {
        case .exact:
            let text = response.collapsingSpace
            return text.isEmpty ? nil : text
        case .choice: return StatedLetter.find(in: response).map(String.init)
        case .math: return MathResponse.answer(in: response).flatMap { MathReference.text(of: $0.canonical) }
        case .number:
            guard case .number(let number) = LastNumber(in: response) else { return nil }
            return number.text
        }
    }

    /// Why a response states no answer.
    func lack(in response: String) -> String {
        switch self {
        case .exact: return "the response is empty"
        case .choice: return "the response settles on no letter"
        case .math: return "the response states no final answer"
        case .number:
            guard case .unclear(let word) = LastNumber(in: response) else { return "the response has no number" }
            return "'\(word.prefix(40))' at the last digit is not a plain number"
        }
    }
}

extension StringProtocol {
    /// The text without white space at either end, and one space for every other run of it.
    var collapsingSpace: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
