/// A pattern that cuts text into words, within which byte pairs are merged.
///
/// Hand-written over UTF-8: each answers where the leftmost match that starts at a position ends. Every position has a match.
enum WordPattern: String, CaseIterable, Sendable {
    /// GPT-2's pattern; also what `ByteLevel` means by `use_regex`.
    case gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    /// The pattern of the Qwen 2 and 3 families.
    case qwen2 =
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    /// The pattern of Llama 3: Qwen's, but numbers are cut into threes.
    case llama3 =
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

    /// The end of the word that starts at `start` of valid UTF-8, when the text ends at `end`; `start < end`.
    @inline(__always)
    func endOfWord(in text: [UInt8], from start: Int, to end: Int) -> Int {
        switch self {
        case .gpt2: Self.gpt2End(text, start, end)
        case .qwen2: Self.qwen2End(text, start, end, digits: 1)
        case .llama3: Self.qwen2End(text, start, end, digits: 3)
        }
    }

    private static func gpt2End(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        if let suffix = contractionEnd(text, start, end, ignoringCase: false) { return suffix }
        var (kind, length) = CharacterClass.at(start, in: text)
        var next = start + length
        if text[start] == space, next < end {
            let following = CharacterClass.at(next, in: text)
            if following.kind != .space {
                kind = following.kind
                next += following.length
            }
        }
        return kind == .space ? endOfSpace(text, start, end) : endOfRun(of: kind, text, next, end)
    }

    private static func qwen2End(_ text: [UInt8], _ start: Int, _ end: Int, digits: Int) -> Int {
        if let suffix = contractionEnd(text, start, end, ignoringCase: true) { return suffix }
        let (kind, length) = CharacterClass.at(start, in: text)
        let next = start + length
        switch kind {
        case .letter: return endOfRun(of: .letter, text, next, end)
        case .number: return endOfNumber(text, next, end, most: digits - 1)
        case .space, .other: break
        }
        let following = next < end ? CharacterClass.at(next, in: text) : nil
        if let following, following.kind == .letter, !isLineBreak(text[start]) {
            return endOfRun(of: .letter, text, next + following.length, end)
        }
        if kind == .other { return endOfLineBreaks(text, endOfRun(of: .other, text, next, end), end) }
        if text[start] == space, let following, following.kind == .other {
            return endOfLineBreaks(text, endOfRun(of: .other, text, next + following.length, end), end)
        }
        let runEnd = endOfRun(of: .space, text, next, end)
        if let lineBreak = text[start..<runEnd].lastIndex(where: isLineBreak) { return lineBreak + 1 }
        return endOfSpace(text, start, end)
    }

    /// The end of a run of at most `most` digits.
    private static func endOfNumber(_ text: [UInt8], _ start: Int, _ end: Int, most: Int) -> Int {
        var index = start
        for _ in 0..<most where index < end {
            let character = CharacterClass.at(index, in: text)
            if character.kind != .number { break }
            index += character.length
        }
        return index
    }

    private static let space = UInt8(ascii: " ")

    private static func isLineBreak(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D
    }

    private static func endOfLineBreaks(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, isLineBreak(text[index]) { index += 1 }
        return index
    }

    @inline(__always)
    private static func endOfRun(of kind: CharacterClass, _ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end {
            let character = CharacterClass.at(index, in: text)
            if character.kind != kind { break }
            index += character.length
        }
        return index
    }

    /// `\s+(?!\S)|\s+`: a run of space leaves its last character to the word after it, if there is one.
    private static func endOfSpace(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        var last = start
        while index < end {
            let character = CharacterClass.at(index, in: text)
            if character.kind != .space { return last > start ? last : index }
            last = index
            index += character.length
        }
        return index
    }

    /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `start`; `nil` where none stands there.
    @inline(__always)
    private static func contractionEnd(_ text: [UInt8], _ start: Int, _ end: Int, ignoringCase: Bool) -> Int? {
        guard text[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
        let lower: UInt8 = ignoringCase ? 0x20 : 0
        let first = text[start + 1] | lower
        let second = start + 2 < end ? text[start + 2] | lower : 0
        switch (first, second) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _): return start + 2
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")): return start + 3
        case (UInt8(ascii: "l"), UInt8(ascii: "l")): return start + 3
        default: break
        }
        // U+017F, the long s, is an s where case is ignored.
        let isLongS = ignoringCase && start + 2 < end && text[start + 1] == 0xC5 && text[start + 2] == 0xBF
        return isLongS ? start + 3 : nil
    }
}
