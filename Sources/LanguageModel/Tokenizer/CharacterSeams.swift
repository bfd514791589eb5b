/// Where a text of a tokenizer over characters can be cut into words that give the same tokens as the whole.
///
/// Such tokenizers merge a text as one word, which is slow. But a merge crosses two neighbouring characters only if some token has both
/// beside each other; between all others a text can be cut.
struct CharacterSeams: Sendable {
    private static let others = 129
    private static let classes = 130

    /// The space mark, which is a class of its own; so is each ASCII character, and all others are one.
    private let mark: [UInt8]
    /// Whether a token has characters of these classes beside each other.
    private let joins: [Bool]

    /// The seams of a tokenizer; nil where merges are not all that joins characters.
    init?(spellings: [String], merges: [(left: Int32, right: Int32, joined: Int32)], parts: TokenizerParts) {
        guard !parts.preTokenizer.isByteLevel, !parts.ignoresMerges, parts.byteFallback || !parts.fusesUnknown else { return nil }
        mark = Array((parts.preTokenizer.marking?.mark ?? "▁").utf8)
        var joins = [Bool](repeating: false, count: Self.classes * Self.classes)
        for merge in merges {
            // A token of a byte is no text of its own.
            for side in [merge.left, merge.right] where TokenDecoder.byte(Array(spellings[Int(side)].utf8)) != nil { return nil }
            let text = Array(spellings[Int(merge.joined)].utf8)
            var previous: Int?
            var index = 0
            while index < text.count {
                let (kind, length) = Self.character(at: index, in: text, mark: mark)
                if let previous { joins[previous * Self.classes + kind] = true }
                previous = kind
                index += length
            }
        }
        self.joins = joins
    }

    /// Calls `body` with each word of `text`, which must be valid UTF-8, in order.
    @inline(__always)
    func forEachWord(in text: [UInt8], _ body: (Range<Int>) -> Void) {
        var start = 0
        var index = 0
        var previous = Self.others
        while index < text.count {
            let (kind, length) = Self.character(at: index, in: text, mark: mark)
            if index > start, !joins[previous * Self.classes + kind] {
                body(start..<index)
                start = index
            }
            previous = kind
            index += length
        }
        if start < text.count { body(start..<text.count) }
    }

    @inline(__always)
    private static func character(at index: Int, in text: [UInt8], mark: [UInt8]) -> (kind: Int, length: Int) {
        let byte = text[index]
        if byte < 0x80 { return (Int(byte), 1) }
        if byte == mark[0], text[index...].starts(with: mark) { return (128, mark.count) }
        return (others, byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
    }
}
