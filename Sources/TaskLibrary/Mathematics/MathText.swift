/// What surrounds mathematics in text.
enum MathText {
    private static let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("**", "**"), ("`", "`")]
        .map { (start: Array($0.0.unicodeScalars), end: Array($0.1.unicodeScalars)) }

    /// The text without white space, delimiters of mathematics, Markdown and the last point around it, and one space for any other.
    ///
    /// Cleaning twice changes nothing. Of scalars, because a character may begin with a space or a sign and hold more.
    static func cleaned(_ written: some StringProtocol) -> String {
        let words = written.unicodeScalars.split { $0.properties.isWhitespace }
        var text = Array(words.joined(separator: [" "]))[...]
        while true {
            let before = text.count
            while let last = text.last, ",; ".unicodeScalars.contains(last) || last == "." && text.dropLast().last != "." {
                text.removeLast()
            }
            while text.first == " " { text.removeFirst() }
            for (start, end) in delimiters where text.count > start.count + end.count {
                guard text.starts(with: start), text.suffix(end.count).elementsEqual(end) else { continue }
                let inner = text.dropFirst(start.count).dropLast(end.count)
                if inner.firstRange(of: start) == nil && inner.last != "\\" { text = inner }
            }
            if text.count == before { return String(String.UnicodeScalarView(text)) }
        }
    }

    /// The pieces of a line that stand between delimiters of mathematics, with whether nothing but punctuation follows the last.
    static func segments(of line: Substring) -> (pieces: [Substring], endsLine: Bool) {
        var (pieces, rest): ([Substring], Substring) = ([], line)
        while let start = rest.firstIndex(of: "$") {
            let inner = rest[start...].drop { $0 == "$" }
            guard let end = inner.firstIndex(of: "$") else { return ([], false) }
            pieces.append(inner[..<end])
            rest = inner[end...].drop { $0 == "$" }
        }
        return (pieces, !pieces.isEmpty && rest.allSatisfy { $0.isWhitespace || ".!*".contains($0) })
    }
}
