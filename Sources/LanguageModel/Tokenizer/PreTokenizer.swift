/// How text is cut into words before pairs are merged: digits set apart first, then a pattern on each piece between them.
///
/// Or, for sentencepiece tokenizers, not at all or at marks that stand for spaces.
public struct PreTokenizer: Hashable, Sendable {
    /// What happens to numbers before the pattern is applied.
    enum Digits: Hashable, Sendable { case untouched, runs, individual }

    let digits: Digits
    /// Without a pattern each piece is one word.
    let pattern: WordPattern?
    /// What becomes of spaces in a tokenizer over characters; a tokenizer over bytes leaves them alone.
    var marking: SpaceMarking?
    /// Whether words are spelled in the alphabet of bytes.
    var isByteLevel = true

    /// GPT-2: its pattern alone.
    public static let gpt2 = PreTokenizer(digits: .untouched, pattern: .gpt2)
    /// SmolLM, and this project's own models: every digit is a word, then GPT-2's pattern on what lies between.
    public static let individualDigits = PreTokenizer(digits: .individual, pattern: .gpt2)
    /// Qwen 2 and 3.
    public static let qwen2 = PreTokenizer(digits: .untouched, pattern: .qwen2)
    /// Llama 3.
    public static let llama3 = PreTokenizer(digits: .untouched, pattern: .llama3)

    /// Calls `body` with each word of `text`, which must be valid UTF-8, in order; the words cover it without gaps.
    @inline(__always)
    func forEachWord(in text: [UInt8], _ body: (Range<Int>) -> Void) {
        guard digits != .untouched else { return words(in: text, 0..<text.count, body) }
        var start = 0
        var index = 0
        while index < text.count {
            let character = CharacterClass.at(index, in: text)
            let next = index + character.length
            if character.kind == .number {
                words(in: text, start..<index, body)
                start = index
                index = digits == .runs ? endOfNumber(in: text, from: next) : next
                words(in: text, start..<index, body)
                start = index
            } else {
                index = next
            }
        }
        words(in: text, start..<index, body)
    }

    private func endOfNumber(in text: [UInt8], from start: Int) -> Int {
        var index = start
        while index < text.count {
            let character = CharacterClass.at(index, in: text)
            if character.kind != .number { break }
            index += character.length
        }
        return index
    }

    private func words(in text: [UInt8], _ piece: Range<Int>, _ body: (Range<Int>) -> Void) {
        guard let pattern else {
            if !piece.isEmpty { body(piece) }
            return
        }
        var start = piece.lowerBound
        while start < piece.upperBound {
            let end = pattern.endOfWord(in: text, from: start, to: piece.upperBound)
            body(start..<end)
            start = end
        }
    }
}
