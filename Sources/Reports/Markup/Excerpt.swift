/// The beginning of a text of unknown size, cut with a note where it is too long, too wide or has too many lines.
///
/// Sizes are Unicode scalars, not characters: one character may hold any number of them.
func excerpt(of text: String, lines: Int = 40, lineLength: Int = 400, length: Int = 4_000) -> String {
    let whole = text.unicodeScalars
    let start = String.UnicodeScalarView(whole.prefix(length))
    let kept = start.split(separator: "\n", maxSplits: lines, omittingEmptySubsequences: false)
    let shown = kept.prefix(lines).map { shortened($0, to: lineLength) }
    let keptScalars = kept.prefix(lines).reduce(0) { $0 + $1.count } + max(0, min(kept.count, lines) - 1)
    let missing = whole.count - keptScalars
    let body = shown.joined(separator: "\n")
    return missing > 0 ? body + "\n… \(missing) more characters, cut here" : body
}

private func shortened(_ line: String.UnicodeScalarView.SubSequence, to length: Int) -> String {
    guard line.count > length else { return String(line) }
    return String(line.prefix(length)) + " … \(line.count - length) more characters on this line"
}
