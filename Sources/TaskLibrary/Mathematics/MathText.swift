/// What surrounds mathematics in text.
enum MathText {
    private static let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("**", "**"), ("`", "`")]

    /// The text without white space, delimiters of mathematics, Markdown and the last point around it.
    ///
    /// Cleaning twice changes nothing.
    static func cleaned(_ written: some StringProtocol) -> String {
        var text = written.collapsingSpace[...]
        while true {
            let before = text.utf8.count
            while let last = text.last, last.isWhitespace || last == "." && !text.hasSuffix("..") || last == "," || last == ";" {
                text.removeLast()
            }
            while text.first?.isWhitespace == true { text.removeFirst() }
            for (start, end) in delimiters where text.utf8.count > start.utf8.count + end.utf8.count {
                guard text.hasPrefix(start), text.hasSuffix(end) else { continue }
                let inner = text.dropFirst(start.count).dropLast(end.count)
                if !inner.contains(start) && !inner.hasSuffix("\\") { text = inner }
            }
            if text.utf8.count == before { return String(text) }
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
