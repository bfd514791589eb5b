/// Finds added tokens in text: the leftmost first, of those that start together the longest.
struct AddedTokenMatcher: Sendable {
    private let candidates: [UInt8: [(content: [UInt8], id: Int32)]]

    init(_ tokens: [AddedToken]) {
        let spelled = tokens.map { (content: Array($0.content.utf8), id: $0.id) }.sorted { $0.content.count > $1.content.count }
        candidates = Dictionary(grouping: spelled.filter { !$0.content.isEmpty }) { $0.content[0] }
    }

    /// Calls one of the two closures for each stretch of plain text and each token, in order.
    func scan(_ text: [UInt8], plain: (ArraySlice<UInt8>) -> Void, token: (Int32) -> Void) {
        var start = 0
        var index = 0
        while index < text.count {
            if let match = candidates[text[index]]?.first(where: { text[index...].starts(with: $0.content) }) {
                if start < index { plain(text[start..<index]) }
                token(match.id)
                index += match.content.count
                start = index
            } else {
                index += 1
            }
        }
        if start < text.count { plain(text[start...]) }
    }
}
