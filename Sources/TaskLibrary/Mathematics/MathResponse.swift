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
    /// The longest line that is looked at, in bytes.
    private static let longestLine = 4_000

    /// The answer as it was written; nil where none is stated.
    static func answer(in response: String) -> MathAnswer? {
        let all = Array(response.utf8)[...]
        let text = all[(endOfThought(in: all) ?? all.startIndex)...]
        switch marked(in: text) {
        case .stated(let content): return MathAnswer(content)
        case .unfinished: return nil
        case .none: return announced(in: text) ?? lastLine(of: text)
        }
    }

    /// The place behind the thoughts of a model that thinks aloud; nil where none are told apart.
    static func endOfThought(in text: ArraySlice<UInt8>) -> Int? {
        ["</think>", "</thinking>"].compactMap { text.endOfLast($0) }.max()
    }

    /// What is marked as the answer.
    enum Mark: Sendable, Hashable {
        case stated(String)
        /// A mark without a content.
        case unfinished
        case none
    }

    /// The content of the last box, or of the last line behind `####`.
    static func marked(in text: ArraySlice<UInt8>) -> Mark {
        if let box = ["\\boxed", "\\fbox"].compactMap({ text.endOfLast($0) }).max() {
            return text[box...].braced.map { .stated($0.text) } ?? .unfinished
        }
        guard let mark = text.endOfLast("####") else { return .none }
        let line = text[mark...].line
        return line.allSatisfy(\.isBlank) ? .unfinished : .stated(line.text)
    }

    /// What follows the last announcement of an answer.
    private static func announced(in text: ArraySlice<UInt8>) -> MathAnswer? {
        var rest = text
        // Of any spelling the second letter on; each search goes on where the last one ended.
        while let last = rest.endOfLast("nswer") {
            if let start = announcement(text[last...]) {
                let line = text[start...].line
                return line.count <= longestLine ? answer(ofSentence: line.text) : nil
            }
            rest = rest[..<(last - 1)]
        }
        return nil
    }

    /// Where an answer begins behind `is`, `are`, `=` or a colon, with Markdown around; nil where nothing announces one.
    private static func announcement(_ text: ArraySlice<UInt8>) -> Int? {
        func skip(_ place: Int, _ signs: String) -> Int {
            place + text[place...].prefix(16).prefix { byte in signs.utf8.contains(byte) }.count
        }
        let start = skip(text.startIndex, "s*_\" ")
        for word in ["is ", "is:", "are ", "are:", "=", ":", "is\n"] where text[start...].starts(with: word.utf8) {
            return skip(start + word.utf8.count, "*_: \n\r")
        }
        return nil
    }

    /// The answer in the rest of a sentence: all of it, or its only piece between dollar signs.
    private static func answer(ofSentence line: String) -> MathAnswer? {
        let sentence = sentence(line[...])
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
            guard line[index] == ".", !isMath, next < line.endIndex, line[next].isWhitespace else { continue }
            let start = line[..<index]
            if !start.hasSuffix("p.m") && !start.hasSuffix("a.m") { return start }
        }
        return line
    }

    private static func lastLine(of text: ArraySlice<UInt8>) -> MathAnswer? {
        guard let end = text.lastIndex(where: { !$0.isBlank }) else { return nil }
        let start = text[..<end].lastIndex { $0 == UInt8(ascii: "\n") }.map { $0 + 1 } ?? text.startIndex
        guard end - start < longestLine else { return nil }
        let (line, isAlone) = (text[start...end].text, text[..<start].allSatisfy(\.isBlank))
        guard let whole = MathAnswer(line.replacing("**", with: "")) else { return nil }
        if case .words? = whole.value { return isAlone ? whole : nil }
        if whole.isReadable { return whole }
        let (pieces, endsLine) = MathText.segments(of: line[...])
        if pieces.count == 1 && endsLine { return MathAnswer(pieces[0]) }
        let numbers = line.split { !($0.isASCII && $0.isNumber || ".,/".contains($0)) }.filter { $0.contains(where: \.isNumber) }
        if pieces.isEmpty && numbers.count == 1, case .number(let number) = LastNumber(in: line) { return MathAnswer(number.text) }
        return isAlone ? whole : nil
    }
}
