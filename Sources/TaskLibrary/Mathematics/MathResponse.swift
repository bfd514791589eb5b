/// The final answer that a response states; it never sees the reference.
///
/// The first of these that is there decides:
///
/// 1. the content of the last `\boxed{…}`, its braces balanced: an unfinished box states nothing, whatever stands before it;
/// 2. what follows the last `####`, as in GSM8K;
/// 3. what follows the last `answer is`, `answer:` and the like, up to the end of the sentence;
/// 4. the last line: as a whole where it can be read, else its only piece between dollar signs if that ends the line, or its only number.
///
/// Where the model thinks aloud, only what follows the end of that counts.
enum MathResponse {
    /// The longest last line that is looked at without any of the first three, in bytes.
    private static let longestLine = 4_000

    /// The answer as it was written; nil where none is stated.
    static func answer(in response: String) -> MathAnswer? {
        var text = response[...]
        for end in ["</think>", "</thinking>"] {
            if let range = text.ranges(of: end).last { text = text[range.upperBound...] }
        }
        if let marked = marked(in: text) { return marked.content.flatMap { MathAnswer($0) } }
        if let announced = announced(in: text) { return announced }
        return lastLine(of: text)
    }

    /// A content that is marked as the answer; with nil as its content where the mark is unfinished or empty.
    static func marked(in text: Substring) -> (content: Substring?, Void)? {
        let boxes = text.ranges(of: "\\boxed") + text.ranges(of: "\\fbox")
        if let last = boxes.max(by: { $0.lowerBound < $1.lowerBound }) { return (braced(text[last.upperBound...]), ()) }
        guard let mark = text.ranges(of: "####").last else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }.drop { $0 == "#" }
        return (line.allSatisfy(\.isWhitespace) ? nil : line, ())
    }

    /// What stands in balanced braces at the start of a text; escaped ones do not count.
    private static func braced(_ text: Substring) -> Substring? {
        let rest = text.drop(while: \.isWhitespace)
        guard rest.first == "{" else { return nil }
        var (depth, isEscaped) = (0, false)
        for (index, byte) in zip(rest.utf8.indices, rest.utf8) {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return rest[rest.index(after: rest.startIndex)..<index] }
            }
        }
        return nil
    }

    /// What follows the last announcement of an answer.
    private static func announced(in text: Substring) -> MathAnswer? {
        let announcement = /(?i)\banswers?(?:[*_"]{0,3}\s{0,4}(?:is|are|=|:))(?:[*_:\s]{0,8})/
        guard let last = text.matches(of: announcement).last else { return nil }
        let line = text[last.range.upperBound...].prefix { !$0.isNewline }
        guard line.utf8.count <= longestLine else { return nil }
        let sentence = sentence(line)
        guard let whole = MathAnswer(sentence.replacing("**", with: "")) else { return nil }
        if whole.isReadable { return whole }
        let (pieces, _) = MathText.segments(of: sentence)
        return pieces.count == 1 ? MathAnswer(pieces[0]) : whole
    }

    /// The text up to a point before white space, outside of mathematics.
    private static func sentence(_ line: Substring) -> Substring {
        var isMath = false
        for index in line.indices {
            if line[index] == "$" { isMath.toggle() }
            let next = line.index(after: index)
            if line[index] == ".", !isMath, next < line.endIndex, line[next].isWhitespace, !line[..<index].hasSuffix("p.m"),
                !line[..<index].hasSuffix("a.m") {
                return line[..<index]
            }
        }
        return line
    }

    private static func lastLine(of text: Substring) -> MathAnswer? {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let line = lines.last, line.utf8.count <= longestLine, let whole = MathAnswer(line.replacing("**", with: "")) else { return nil }
        if case .words? = whole.value { return lines.count == 1 ? whole : nil }
        if whole.isReadable { return whole }
        let (pieces, endsLine) = MathText.segments(of: line)
        if pieces.count == 1 && endsLine { return MathAnswer(pieces[0]) }
        let numbers = line.split { !($0.isASCII && $0.isNumber || ".,/".contains($0)) }.filter { $0.contains(where: \.isNumber) }
        if pieces.isEmpty && numbers.count == 1, case .number(let number) = LastNumber(in: String(line)) { return MathAnswer(number.text) }
        return lines.count == 1 ? whole : nil
    }
}
