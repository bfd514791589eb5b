/// Finds added tokens in text: the leftmost first, of those that start together the longest.
///
/// White space that a token takes in, and neighbours that forbid it, are treated as the `tokenizers` library does.
struct AddedTokenMatcher: Sendable {
    private struct Candidate {
        let content: [UInt8]
        let token: AddedToken
    }

    /// By first byte, longest first.
    private let candidates: [UInt8: [Candidate]]

    /// A matcher for `tokens`; `spelling` gives the text that each is looked for under.
    init(_ tokens: [AddedToken], spelling: (AddedToken) -> [UInt8] = { Array($0.content.utf8) }) {
        let spelled = tokens.map { Candidate(content: spelling($0), token: $0) }.sorted { $0.content.count > $1.content.count }
        candidates = Dictionary(grouping: spelled.filter { !$0.content.isEmpty }) { $0.content[0] }
    }

    /// A stretch of text without added tokens, or one token.
    enum Piece: Equatable {
        case plain(Range<Int>)
        case token(Int32)
    }

    /// The stretches and tokens of `text`, in order.
    func pieces(of text: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var plainStart = 0
        var index = 0
        while index < text.count {
            guard let match = candidates[text[index]]?.first(where: { text[index...].starts(with: $0.content) }) else {
                index += 1
                continue
            }
            var (start, end) = (index, index + match.content.count)
            index = end
            let neighbours = [Self.character(before: start, in: text), Self.character(at: end, in: text)]
            if match.token.isSingleWord, neighbours.contains(where: Self.isWord) { continue }
            if match.token.takesSpaceBefore { start = max(plainStart, Self.spaceStart(before: start, in: text)) }
            if match.token.takesSpaceAfter { end = Self.spaceEnd(from: end, in: text) }
            if plainStart < start { pieces.append(.plain(plainStart..<start)) }
            pieces.append(.token(match.token.id))
            plainStart = end
        }
        if plainStart < text.count { pieces.append(.plain(plainStart..<text.count)) }
        return pieces
    }

    /// Where the white space that ends at `end` begins.
    private static func spaceStart(before end: Int, in text: [UInt8]) -> Int {
        var start = end
        while let scalar = character(before: start, in: text), scalar.properties.isWhitespace { start -= UTF8.width(scalar) }
        return start
    }

    /// Where the white space that begins at `start` ends.
    private static func spaceEnd(from start: Int, in text: [UInt8]) -> Int {
        var end = start
        while let scalar = character(at: end, in: text), scalar.properties.isWhitespace { end += UTF8.width(scalar) }
        return end
    }

    private static func character(before end: Int, in text: [UInt8]) -> Unicode.Scalar? {
        var start = end - 1
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        return character(at: start, in: text)
    }

    private static func character(at index: Int, in text: [UInt8]) -> Unicode.Scalar? {
        guard text.indices.contains(index) else { return nil }
        var decoder = UTF8()
        var bytes = text[index...].prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
        return scalar
    }

    /// `\w` of the library's regular expressions.
    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }
}
